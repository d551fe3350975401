// Bicep's compiler is not an npm package, so this is a modest check of structure: brackets, parameters, outputs,
// modules, names. Types and properties are checked by `az bicep build` in docs/deploy.md.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { collections } from '../../api/src/adapters/mongo/queries.ts';
import { readConfig } from '../../api/src/config.ts';
import { costTable } from '../../infra/costs.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const files = readdirSync(join(root, 'infra')).filter((name) => name.endsWith('.bicep'));
const sources = new Map(files.map((name) => [name, read('infra', name)]));
const source = (name: string) => sources.get(name) ?? '';
const names = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => String(name));

/** What stands between the brackets that open at `from`. */
function block(text: string, from: number): string {
  let depth = 0;
  for (let at = text.indexOf('{', from); at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return text.slice(text.indexOf('{', from) + 1, at);
  }
  throw new Error('a bracket stays open');
}

/** The keys of an object literal, of its first level only. */
function keys(body: string): string[] {
  let depth = 0;
  return body.split('\n').flatMap((line) => {
    const before = depth;
    const plain = line.replace(/'(?:\\'|[^'])*'/g, "''").replace(/\/\/.*/, '');
    depth += (plain.match(/[{[(]/g) ?? []).length - (plain.match(/[}\])]/g) ?? []).length;
    const key = /^\s*(\w+):/.exec(line)?.[1];
    return before === 0 && key !== undefined ? [key] : [];
  });
}

/** The variables that config.ts knows, as its own refusal and its defaults tell them. */
function configured(): { required: string[]; all: string[] } {
  const all = names(read('api', 'src', 'config.ts'), /^ {2}([A-Z][A-Z_]+): /gm);
  try {
    readConfig({});
  } catch (error) {
    return { required: String(error).replace('Error: Configuration: ', '').split(', '), all };
  }
  throw new Error('config.ts asks for nothing');
}

const settings = keys(block(source('main.bicep'), source('main.bicep').indexOf('settings: {')));
const platform = keys(block(source('app.bicep'), source('app.bicep').indexOf('union(settings, {')));

describe('configuration', () => {
  const { required, all } = configured();

  test('infra sets every variable of config.ts, and nothing else', () => {
    expect(required.filter((name) => !all.includes(name))).toEqual([]);
    expect(settings.sort()).toEqual(all.sort());
  });

  test('what infra sets is documented, and nothing else', () => {
    const documented = names(read('docs', 'configuration.md'), /^\| `([A-Za-z_]+)` \|/gm).filter((name) =>
      /^[A-Z]/.test(name),
    );
    expect(documented.sort()).toEqual([...settings, ...platform].sort());
  });

  test('values of the right shape make a configuration', () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const url = 'https://medspill.example';
    const shaped = Object.fromEntries(settings.map((name) => [name, /URL$/.test(name) ? url : id]));
    expect(readConfig({ ...shaped, HOLIDAY_COUNTRY: 'NO' }).publicUrl).toBe(url);
  });

  test('the secret comes from the vault', () => {
    expect(source('main.bicep')).toMatch(/MONGODB_URI: '@Microsoft\.KeyVault\(SecretUri=/);
    expect([...sources.values()].join('\n')).not.toMatch(/listKeys\(/);
  });
});

describe.each(files)('%s', (name) => {
  const text = source(name);
  const bare = text.replace(/^\s*\/\/.*$/gm, '').replace(/'(?:\\'|[^'])*'/g, '');

  test('its brackets pair up', () => {
    const open: string[] = [];
    for (const character of bare) {
      if ('{[('.includes(character)) open.push(character);
      else if ('}])'.includes(character)) expect(open.pop()).toBe('{[('['}])'.indexOf(character)]);
    }
    expect(open).toEqual([]);
  });

  test('every parameter and variable is used', () => {
    const declared = names(text, /^(?:param|var) (\w+)/gm);
    const unused = declared.filter((one) => (text.match(new RegExp(`\\b${one}\\b`, 'g')) ?? []).length < 2);
    expect(unused).toEqual([]);
  });

  test('every resource has a stable version and comes from no registry', () => {
    const versions = names(text, /'Microsoft\.[\w./]+@([^']+)'/g);
    expect(versions.filter((version) => !/^\d{4}-\d\d-\d\d$/.test(version))).toEqual([]);
    expect(text).not.toMatch(/'(?:br|ts)[:/]/);
  });
});

test('each module is given the parameters that it has, and asked for outputs that it has', () => {
  const used: string[] = [];
  for (const [outer, text] of sources) {
    for (const [whole, symbol, file = ''] of text.matchAll(/^module (\w+) '([\w-]+\.bicep)'/gm)) {
      used.push(file);
      const body = block(text, text.indexOf(whole));
      const given = keys(block(body, body.indexOf('params:')));
      expect(given.sort(), `${outer}: ${file}`).toEqual(names(source(file), /^param (\w+)/gm).sort());
      const asked = names(text, new RegExp(`\\b${symbol}!?\\.outputs\\.(\\w+)`, 'g'));
      expect(new Set(asked), `${outer} asks ${file} for what it has, and for each of it`).toEqual(
        new Set(names(source(file), /^output (\w+)/gm)),
      );
    }
  }
  expect(used.sort()).toEqual(files.filter((one) => one !== 'main.bicep').sort());
});

test('names stay within the limits of Azure for the longest prefix', () => {
  const suffix = 'x'.repeat(13); // uniqueString
  const longest = Number(/@maxLength\((\d+)\)\nparam name/.exec(source('main.bicep'))?.[1]);
  const length = (pattern: string) =>
    pattern.replace(/\$\{name\}/, 'n'.repeat(longest)).replace(/\$\{suffix\}/, suffix).length;
  const all = [...sources.values()].join('\n');
  const nameOf = (type: string) =>
    new RegExp(`'${type}@[^']+' = \\{\\s*name: '([^']+)'`).exec(all)?.[1] ?? '';
  expect(nameOf('Microsoft.Storage/storageAccounts')).toMatch(/^\$\{name\}\$\{suffix\}$/);
  expect(length(nameOf('Microsoft.Storage/storageAccounts'))).toBeLessThanOrEqual(24);
  expect(length(nameOf('Microsoft.KeyVault/vaults'))).toBeLessThanOrEqual(24);
  expect(length(nameOf('Microsoft.DocumentDB/databaseAccounts'))).toBeLessThanOrEqual(44);
  expect(length(nameOf('Microsoft.DocumentDB/mongoClusters'))).toBeLessThanOrEqual(40);
});

test('the database has the capabilities that the indexes need, and no other', () => {
  const needed = new Set(['EnableMongo', 'EnableServerless']);
  for (const { indexes } of Object.values(collections)) {
    for (const index of indexes) {
      const fields = Object.keys(index.key);
      if (fields.length > 1 && fields.some((field) => field.includes('.'))) {
        needed.add('EnableUniqueCompoundNestedDocs');
      }
      if ('expireAfterSeconds' in index && !fields.includes('_ts')) needed.add('EnableTtlOnCustomPath');
      if ('partialFilterExpression' in index) needed.add('EnablePartialUniqueIndex');
    }
  }
  expect(new Set(names(source('cosmos.bicep'), /\{ name: '(Enable\w+)' \}/g))).toEqual(needed);
});

test('the keys are made for what the API does with them', () => {
  const state = source('state.bicep');
  expect(state).toMatch(/'record-signing'\s+properties: \{ kty: 'EC', curveName: 'P-256'/);
  expect(state).toMatch(/'record-wrapping'\s+properties: \{ kty: 'RSA'/);
});

describe('what is asked of the events', () => {
  const writers = ['http/route.ts', 'running.ts', 'tally.ts', 'outbox/jobs.ts'].map((name) =>
    read('api', 'src', name),
  );
  const places = {
    'watch.bicep': source('watch.bicep'),
    'workbook.json': read('infra', 'workbook.json'),
    'runbook.md': read('docs', 'runbook.md'),
  };

  test.each(Object.entries(places))('%s asks for fields that events have', (_, text) => {
    const fields = [...new Set(names(text, /\bp\.(\w+)/g))];
    expect(fields.length).toBeGreaterThan(3);
    expect(
      fields.filter((field) => !writers.some((code) => new RegExp(`\\b${field}\\b`).test(code))),
    ).toEqual([]);
  });

  test('each alert has its place in the runbook', () => {
    const alerts = names(source('watch.bicep'), /^ {4}name: '(\w+)'$/gm);
    expect(alerts.length).toBeGreaterThan(6);
    expect(alerts.filter((name) => !places['runbook.md'].includes(`\`${name}\``))).toEqual([]);
  });
});

test('the page says what the script counts', () => {
  expect(read('docs', 'deploy.md')).toContain(costTable());
});

describe('teamsapp.yml', () => {
  type Step = {
    uses: string;
    with?: Record<string, unknown>;
    writeToEnvironmentFile?: Record<string, string>;
  };
  const project = parse(read('teamsapp.yml')) as Record<'provision' | 'deploy' | 'publish', Step[]> & {
    version: string;
  };
  const steps = [...project.provision, ...project.deploy, ...project.publish];

  test('provisions, deploys and publishes', () => {
    expect(project.version).toMatch(/^v1\.\d+$/);
    expect(project.provision.map(({ uses }) => uses)).toContain('teamsApp/create');
    expect(project.publish.map(({ uses }) => uses)).toContain('teamsApp/publishAppPackage');
  });

  test('its files exist and its scripts are those of package.json', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const { with: input = {} } of steps) {
      if (typeof input.manifestPath === 'string')
        expect(() => read(String(input.manifestPath))).not.toThrow();
      const script = /(?:npm run --silent|^run) (\w+)/.exec(String(input.run ?? input.args ?? ''))?.[1];
      if (script !== undefined) expect(scripts).toHaveProperty(script);
    }
  });

  test.each(['dev', 'prod'])(
    'every variable that is used or written stands in env/.env.%s',
    (environment) => {
      const known = names(read('env', `.env.${environment}`), /^(\w+)=/gm);
      const manifests = read('appPackage', 'manifest.json') + read('appPackage', 'outlook.xml');
      const used = names(read('teamsapp.yml') + manifests, /\$\{\{(\w+)\}\}/g);
      const written = steps.flatMap((step) => Object.values(step.writeToEnvironmentFile ?? {}));
      const scripted = ['register', 'provision', 'deploy'].flatMap((script) =>
        names(read('infra', `${script}.ts`), /(?:get|find)\('(\w+)'\)/g),
      );
      const missing = [...used, ...written, ...scripted].filter((name) => !known.includes(name));
      expect(missing).toEqual([]);
    },
  );
});
