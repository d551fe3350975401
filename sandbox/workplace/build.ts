// Builds the workplace page and the office.js that its task pane loads, into sandbox/workplace/dist.
import { join } from 'node:path';
import { build } from 'vite';
import { buildOfficeJs } from './office-js/build.ts';

await buildOfficeJs(join(import.meta.dirname, 'dist', 'office.js'));
await build({
  configFile: join(import.meta.dirname, 'page', 'vite.config.ts'),
  logLevel: 'warn',
});
