// The app package against Microsoft's schemas (offline, from @microsoft/app-manifest) and against what the product sends.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ValidateFunction } from 'ajv';
import ajvDraft04 from 'ajv-draft-04';
import ajvFormats from 'ajv-formats';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { fillIn, makePackages, readVariables } from '../../appPackage/package.ts';
import { noticeKinds } from '../../domain/follow-up/contract.ts';
import { noticePlaceholders } from '../../domain/follow-up/notice-values.ts';
import { clientId, teamsAppId, teamsManifestId } from '../../sandbox/people.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const variables = readVariables('local');
const packages = makePackages(variables);

type ActivityType = { type: string; description: string; templateText: string };
type Manifest = {
  manifestVersion: string;
  id: string;
  staticTabs: { entityId: string; scopes: string[]; context?: string[] }[];
  webApplicationInfo: { id: string; resource: string; nestedAppAuthInfo: { redirectUri: string }[] };
  authorization?: { permissions: { resourceSpecific: { name: string; type: string }[] } };
  activities: { activityTypes: ActivityType[] };
  extensions?: {
    runtimes: { actions: { id: string }[] }[];
    ribbons: {
      contexts: string[];
      tabs: { groups: { controls: { actionId: string }[] }[] }[];
    }[];
  }[];
};

function opened(name: string): { files: string[]; manifest: Manifest; language: Record<string, string> } {
  const files = unzipSync(packages[name] ?? new Uint8Array());
  const json = (file: string): unknown => JSON.parse(strFromU8(files[file] ?? new Uint8Array()));
  return {
    files: Object.keys(files).sort(),
    manifest: json('manifest.json') as Manifest,
    language: json('en.json') as Record<string, string>,
  };
}

/** The newest stable schema on this machine. */
function schema(version: string, name: string): object {
  const folder = dirname(createRequire(import.meta.url).resolve('@microsoft/app-manifest/package.json'));
  return JSON.parse(
    readFileSync(join(folder, 'build', 'json-schemas', 'teams', `v${version}`, name), 'utf8'),
  ) as object;
}

const validators = new Map<string, ValidateFunction>();

function errors(version: string, name: string, value: unknown): unknown[] {
  let validate = validators.get(name + version);
  if (validate === undefined) {
    // Microsoft's patterns are not Unicode patterns: they leave brackets unescaped.
    const ajv = new ajvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
    ajvFormats.default(ajv);
    validate = ajv.compile(schema(version, name));
    validators.set(name + version, validate);
  }
  validate(value);
  return validate.errors ?? [];
}

describe.each(['medspill.zip', 'medspill-without-outlook.zip'])('%s', (name) => {
  const { files, manifest, language } = opened(name);

  test('holds the manifest, its languages and its icons, and nothing else', () => {
    expect(files).toEqual(['color.png', 'en.json', 'manifest.json', 'outline.png']);
  });

  test('keeps to the schema', () => {
    expect(errors(manifest.manifestVersion, 'MicrosoftTeams.schema.json', manifest)).toEqual([]);
    expect(errors(manifest.manifestVersion, 'MicrosoftTeams.Localization.schema.json', language)).toEqual([]);
  });

  test('a wrong manifest does not', () => {
    expect(errors('1.30', 'MicrosoftTeams.schema.json', { ...manifest, id: 'no id' })).not.toEqual([]);
  });

  test('has English for every text, under a path that is there', () => {
    const at = (path: string) =>
      path
        .split(/[.[\]]+/)
        .filter(Boolean)
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], manifest);
    const paths = Object.keys(language).filter((key) => key !== '$schema');
    expect(paths.filter((path) => typeof at(path) !== 'string')).toEqual([]);
    const spoken = (value: unknown, path: string): string[] => {
      if (Array.isArray(value)) return value.flatMap((one, index) => spoken(one, `${path}[${index}]`));
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value).flatMap(([key, inner]) => {
        const below = path === '' ? key : `${path}.${key}`;
        const isText = /^(name\.|description\.)|\.(label|title|description|templateText)$/.test(below);
        const isTabName = /^staticTabs\[\d+\]\.name$/.test(below);
        return typeof inner === 'string' ? (isText || isTabName ? [below] : []) : spoken(inner, below);
      });
    };
    expect(paths.sort()).toEqual(spoken(manifest, '').sort());
  });
});

const { manifest, language } = opened('medspill.zip');

test('a tab for the person and one for the meeting, without the stage', () => {
  expect(manifest.staticTabs.map(({ entityId, scopes, context }) => ({ entityId, scopes, context }))).toEqual(
    [
      { entityId: 'home', scopes: ['personal'], context: undefined },
      {
        entityId: 'meeting',
        scopes: ['groupChat'],
        context: ['meetingSidePanel', 'meetingChatTab', 'meetingDetailsTab'],
      },
    ],
  );
});

test('asks for nothing of a chat, a team or a meeting: only for the item that is open in Outlook', () => {
  expect(manifest.authorization?.permissions.resourceSpecific).toEqual([
    { name: 'MailboxItem.ReadWrite.User', type: 'Delegated' },
  ]);
  const teams = opened('medspill-without-outlook.zip').manifest;
  expect(teams.authorization).toBeUndefined();
  expect(teams.extensions).toBeUndefined();
});

test('the pane opens for the organizer and for the attendee', () => {
  const [outlook] = manifest.extensions ?? [];
  expect(outlook?.ribbons.flatMap(({ contexts }) => contexts)).toEqual([
    'meetingDetailsOrganizer',
    'meetingDetailsAttendee',
  ]);
  const actions = outlook?.runtimes.flatMap((runtime) => runtime.actions.map(({ id }) => id));
  const used = outlook?.ribbons.flatMap(({ tabs }) =>
    tabs.flatMap(({ groups }) => groups.flatMap(({ controls }) => controls.map(({ actionId }) => actionId))),
  );
  expect(new Set(used)).toEqual(new Set(actions));
});

test('the names of the sandbox stand in it, and no placeholder is left', () => {
  expect(manifest.id).toBe(teamsManifestId);
  expect(variables.TEAMS_APP_ID).toBe(teamsAppId);
  expect(manifest.webApplicationInfo).toEqual({
    id: clientId,
    resource: `api://${variables.TAB_DOMAIN}/${clientId}`,
    nestedAppAuthInfo: [
      { redirectUri: `brk-multihub://${variables.TAB_DOMAIN}`, scopes: [`${clientId}/access_as_user`] },
    ],
  });
  expect(JSON.stringify(manifest)).not.toContain('${');
});

test('a value that is missing is named', () => {
  expect(() => fillIn(['ONE', 'TWO', 'ONE'].map((name) => `$\{{${name}}}`).join(), { TWO: '' })).toThrow(
    'No value for ONE, TWO',
  );
});

test('the same input gives the same bytes', () => {
  expect(makePackages(variables)).toEqual(packages);
});

describe('notices', () => {
  const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  const declared = manifest.activities.activityTypes;

  test('every kind is declared, and nothing else', () => {
    const types = noticeKinds.map((kind) =>
      kind.replace(/_(\w)/g, (_whole, letter: string) => letter.toUpperCase()),
    );
    expect(declared.map(({ type }) => type)).toEqual(types);
  });

  test.each(noticeKinds.map((kind, index) => [kind, index] as const))(
    '%s has exactly the placeholders that its notices fill, in both languages',
    (kind, index) => {
      const english = language[`activities.activityTypes[${index}].templateText`] ?? '';
      const filled = [...noticePlaceholders[kind]].sort();
      expect(placeholders(declared[index]?.templateText ?? '')).toEqual(filled);
      expect(placeholders(english)).toEqual(filled);
      expect(english.length).toBeLessThanOrEqual(128);
    },
  );
});

test.each([
  ['appPackage/color.png', 192],
  ['appPackage/outline.png', 32],
  ...[16, 32, 64, 80, 128].map((size): [string, number] => [`tab/public/icon-${size}.png`, size]),
])('%s is a PNG of %i pixels', (file, size) => {
  const png = readFileSync(join(root, file));
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
});

describe('the add-in-only manifest', () => {
  const xml = Buffer.from(packages['outlook.xml'] ?? []).toString('utf8');

  test('closes what it opens', () => {
    const open: string[] = [];
    for (const [, slash, name = '', self] of xml
      .replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, '')
      .matchAll(/<(\/?)([\w:]+)(?:\s+[\w:]+="[^"<]*")*\s*(\/?)>/g)) {
      if (slash) expect(open.pop()).toBe(name);
      else if (!self) open.push(name);
    }
    expect(open).toEqual([]);
  });

  test('every resource that is used is there, and the other way round', () => {
    const all = (pattern: RegExp) => new Set([...xml.matchAll(pattern)].map(([, id]) => id));
    expect(all(/resid="([^"]+)"/g)).toEqual(all(/<bt:(?:Image|Url|String) id="([^"]+)"/g));
  });

  test('is the same add-in: page, permission, registration, and the id that the package hides', () => {
    expect(xml).toContain(`<Id>${variables.OUTLOOK_ADDIN_ID}</Id>`);
    expect(JSON.stringify(manifest)).toContain(`"officeAddinId":"${variables.OUTLOOK_ADDIN_ID}"`);
    expect(xml).toContain('<Permissions>ReadWriteItem</Permissions>');
    expect(xml).toContain(`<Resource>${manifest.webApplicationInfo.resource}</Resource>`);
    expect(xml).toContain(`https://${variables.TAB_DOMAIN}/outlook.html`);
    expect(xml).not.toContain('${');
  });
});
