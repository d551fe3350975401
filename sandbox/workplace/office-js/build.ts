// Bundles office.js for the browser. Of office-addin-manifest the mock needs the names of the hosts alone; the package
// itself is for Node.
import { join } from 'node:path';
import { build } from 'esbuild';

export async function buildOfficeJs(outfile: string): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, 'office.ts')],
    outfile,
    bundle: true,
    format: 'iife',
    target: 'es2022',
    minify: true,
    logLevel: 'warning',
    plugins: [
      {
        name: 'names-of-hosts',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^office-addin-manifest$/ }, ({ path }) => ({ path, namespace: 'hosts' }));
          onLoad({ filter: /.*/, namespace: 'hosts' }, () => ({
            contents: `export const OfficeApp = { Outlook: 'outlook' };`,
          }));
        },
      },
    ],
  });
}
