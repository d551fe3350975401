// Bundles the function app into api/dist, ready to zip: a small main.cjs that declares the functions, and in app/ what
// the first call loads, in files of their own for what only some calls need (docs/decisions/a-cold-start-in-parts.md).
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import manifest from './package.json' with { type: 'json' };
import { routeTable } from './src/route-table.ts';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');

const common: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node22',
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
};

/** main.ts loads the app from its own files; the contract comes as a plain table. */
const inParts: Plugin = {
  name: 'in-parts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\./ }, ({ kind, path }) =>
      kind === 'dynamic-import'
        ? { path: `./app/${path.replace(/^.*\//, '').replace(/\.ts$/, '.mjs')}`, external: true }
        : undefined,
    );
    onLoad({ filter: /[\\/]route-table\.ts$/ }, () => ({
      contents: `export const routeTable = ${JSON.stringify(routeTable)};`,
    }));
  },
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await build({
  ...common,
  entryPoints: [join(here, 'src', 'main.ts')],
  outfile: join(dist, 'main.cjs'),
  format: 'cjs',
  plugins: [inParts],
});
await build({
  ...common,
  entryPoints: { running: join(here, 'src', 'running.ts'), openapi: join(here, 'src', 'http', 'openapi.ts') },
  outdir: join(dist, 'app'),
  outExtension: { '.js': '.mjs' },
  format: 'esm',
  splitting: true,
  // A CommonJS library loses its names behind a dynamic import; this one has an ES build that Node does not choose.
  alias: { '@microsoft/microsoft-graph-client': '@microsoft/microsoft-graph-client/lib/es/src/index.js' },
  // Libraries that are CommonJS ask for these.
  banner: {
    js: [
      "import { createRequire as requireFrom } from 'node:module';",
      'const require = requireFrom(import.meta.url);',
      'const { filename: __filename, dirname: __dirname } = import.meta;',
    ].join('\n'),
  },
});
await cp(join(here, 'host.json'), join(dist, 'host.json'));
const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/roboto/package.json'));
// What an archived document says its colours are in; pdfkit looks for it beside itself.
const pdfkit = dirname(createRequire(import.meta.url).resolve('pdfkit'));
const profile = 'sRGB_IEC61966_2_1.icc';
await cp(join(pdfkit, 'data', profile), join(dist, 'app', 'data', profile));
await cp(join(fonts, '400Regular', 'Roboto_400Regular.ttf'), join(dist, 'app', 'fonts', 'regular.ttf'));
await cp(join(fonts, '700Bold', 'Roboto_700Bold.ttf'), join(dist, 'app', 'fonts', 'bold.ttf'));
await writeFile(
  join(dist, 'package.json'),
  `${JSON.stringify({ name: manifest.name, version: manifest.version, main: 'main.cjs', type: 'commonjs' }, null, 2)}\n`,
);
