// Bundles the function app into api/dist: host.json, package.json and CommonJS files, ready to zip.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import manifest from './package.json' with { type: 'json' };

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await build({
  entryPoints: [join(here, 'src', 'main.ts')],
  outfile: join(dist, 'main.cjs'),
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  // Libraries that find their files from import.meta.url (pdfkit) find them from the bundle.
  define: { 'import.meta.url': 'moduleUrl' },
  banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
  sourcemap: 'linked',
  sourcesContent: false,
  // Given by the Functions worker at run time; the rest are optional parts of libraries that we do not use.
  external: [
    '@azure/functions-core',
    'mongodb-client-encryption',
    'kerberos',
    'snappy',
    '@mongodb-js/zstd',
    'socks',
    'gcp-metadata',
    'aws4',
    '@aws-sdk/credential-providers',
  ],
  logLevel: 'warning',
});
await cp(join(here, 'host.json'), join(dist, 'host.json'));
const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/roboto/package.json'));
await cp(join(fonts, '400Regular', 'Roboto_400Regular.ttf'), join(dist, 'fonts', 'regular.ttf'));
await cp(join(fonts, '700Bold', 'Roboto_700Bold.ttf'), join(dist, 'fonts', 'bold.ttf'));
await writeFile(
  join(dist, 'package.json'),
  `${JSON.stringify({ name: manifest.name, version: manifest.version, main: 'main.cjs', type: 'commonjs' }, null, 2)}\n`,
);
