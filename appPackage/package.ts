// Makes what an administrator uploads: the app package, the same without Outlook, and the add-in-only manifest.
// `npm run package -- --env prod` reads env/.env.prod; a variable of the process wins over the file.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, parseEnv } from 'node:util';
import { zipSync } from 'fflate';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);

export type Variables = Readonly<Record<string, string | undefined>>;

/** Puts values in the place of `${{NAME}}`, as the Agents Toolkit does. Throws with the names that have none. */
export function fillIn(template: string, variables: Variables): string {
  const missing = new Set<string>();
  const text = template.replace(/\$\{\{(\w+)\}\}/g, (_whole, name: string) => {
    const value = variables[name];
    if (value === undefined || value === '') missing.add(name);
    return value ?? '';
  });
  if (missing.size > 0) throw new Error(`No value for ${[...missing].sort().join(', ')}`);
  return text;
}

export function readVariables(environment: string): Variables {
  const file = parseEnv(readFileSync(join(root, 'env', `.env.${environment}`), 'utf8'));
  const names = Object.keys(file);
  return Object.fromEntries(names.map((name) => [name, process.env[name] || file[name]]));
}

/**
 * The tabs and notices alone. For tenants where the mailbox permission keeps Graph from installing the app in a
 * meeting chat; Outlook then gets the add-in-only manifest everywhere.
 */
function withoutOutlook(manifest: string, language: string): { manifest: string; language: string } {
  const { extensions, authorization, ...teams } = JSON.parse(manifest) as Record<string, unknown>;
  const texts = Object.entries(JSON.parse(language) as Record<string, string>);
  return {
    manifest: JSON.stringify(teams, null, 2),
    language: JSON.stringify(
      Object.fromEntries(texts.filter(([key]) => !key.startsWith('extensions['))),
      null,
      2,
    ),
  };
}

/** Every file that one environment is given, by name. The same input gives the same bytes. */
export function makePackages(variables: Variables): Record<string, Uint8Array> {
  const text = (name: string) => readFileSync(join(here, name), 'utf8');
  const zip = (manifest: string, language: string) =>
    zipSync(
      {
        'manifest.json': Buffer.from(manifest),
        'en.json': Buffer.from(language),
        'color.png': readFileSync(join(here, 'color.png')),
        'outline.png': readFileSync(join(here, 'outline.png')),
      },
      { mtime: new Date(2026, 0, 1), level: 9 },
    );
  const manifest = fillIn(text('manifest.json'), variables);
  const language = text('en.json');
  const teams = withoutOutlook(manifest, language);
  return {
    'medspill.zip': zip(manifest, language),
    'medspill-without-outlook.zip': zip(teams.manifest, teams.language),
    'outlook.xml': Buffer.from(fillIn(text('outlook.xml'), variables)),
  };
}

export function main(args: string[]): void {
  const { values } = parseArgs({ args, options: { env: { type: 'string', default: 'local' } } });
  const out = join(here, 'dist', values.env);
  const packages = makePackages(readVariables(values.env));
  mkdirSync(out, { recursive: true });
  for (const [name, bytes] of Object.entries(packages)) {
    const file = join(out, name);
    writeFileSync(file, bytes);
    console.log(`${relative(root, file)} (${bytes.length} bytes)`);
  }
}
