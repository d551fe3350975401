// Small sites for the bench: a page of one module, built as the tab is, and a server of built files.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

/** Builds `name.ts` of this folder as a page, `index.html`; answers the folder with both. */
export async function buildPage(name: string): Promise<string> {
  const source = join(import.meta.dirname, '..', '.out', 'bench', name);
  const outDir = join(source, 'dist');
  mkdirSync(source, { recursive: true });
  const entry = join(import.meta.dirname, `${name}.ts`);
  writeFileSync(
    join(source, 'index.html'),
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${name}</title></head><body><div id="root"></div><script type="module">import ${JSON.stringify(entry)};</script></body></html>`,
  );
  await build({
    root: source,
    configFile: false,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, target: 'es2024', modulePreload: { polyfill: false } },
  });
  return outDir;
}

/** Compressed, with long lives and a policy, as a site would send them. */
export async function serve(folder: string): Promise<{ url: string; close(): void }> {
  const types: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };
  const server = createServer((request, response) => {
    const name = (request.url ?? '').replace(/\?.*/, '');
    // The session is still to come: what it takes is no part of the first screen.
    if (name === '/config.json') return;
    const type = types[name.split('.').at(-1) ?? ''];
    if (type === undefined) {
      response.writeHead(404).end();
      return;
    }
    const body = gzipSync(readFileSync(join(folder, name)));
    response
      .writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-encoding': 'gzip' })
      .end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
