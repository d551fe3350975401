// What the cold start is measured against: the same libraries, and the same app, each as one file that loads all of it.
import { join } from 'node:path';
import { build } from 'esbuild';
import api from '../../api/package.json' with { type: 'json' };
import domain from '../../domain/package.json' with { type: 'json' };

const root = join(import.meta.dirname, '..', '..');
const fonts = '@expo-google-fonts/roboto';

function libraries(): string[] {
  const names = [...Object.keys(api.dependencies), ...Object.keys(domain.dependencies)];
  return [...new Set(names)].filter((name) => name !== fonts && !name.startsWith('@medspill/'));
}

/** Writes `libraries.cjs`, and `main.cjs` with the app in it as well; both load everything at once. */
export async function buildEager(folder: string): Promise<{ libraries: string; app: string }> {
  const imports = libraries().map((name, n) => `import * as l${n} from '${name}';`);
  const kept = `globalThis.kept = [${libraries().map((_, n) => `l${n}`)}];`;
  const bundle = async (outfile: string, contents: string) => {
    await build({
      stdin: { contents, resolveDir: join(root, 'api', 'src'), loader: 'ts' },
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node22',
      format: 'cjs',
      define: { 'import.meta.url': 'moduleUrl', 'import.meta.dirname': '__dirname' },
      banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
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
      logLevel: 'error',
    });
    return outfile;
  };
  return {
    libraries: await bundle(join(folder, 'libraries.cjs'), [...imports, kept].join('\n')),
    app: await bundle(
      join(folder, 'main.cjs'),
      [...imports, "import './running.ts';", "import './main.ts';", kept].join('\n'),
    ),
  };
}
