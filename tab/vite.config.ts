import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { firstScreen } from './first-screen.ts';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Cuts content.json along the modules of domain/content/sections, so that a page carries only the sections it shows:
 * each section module gets a file of its own with the keys that it names.
 */
function cutContent(): Plugin {
  const prefix = '\0content-section:';
  return {
    name: 'cut-content',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.endsWith('/content.json') || importer === undefined) return null;
      if (basename(dirname(importer)) !== 'sections') return null;
      return prefix + importer;
    },
    load(id) {
      if (!id.startsWith(prefix)) return null;
      const importer = id.slice(prefix.length);
      const keys = [...readFileSync(importer, 'utf8').matchAll(/\bcontent\.(\w+)/g)].map((match) => match[1]);
      const content: Record<string, unknown> = JSON.parse(
        readFileSync(join(dirname(importer), '..', 'content.json'), 'utf8'),
      );
      const cut = Object.fromEntries(keys.map((key) => [key, content[String(key)]]));
      return { code: `export default ${JSON.stringify(cut)}`, moduleType: 'js' };
    },
  };
}

/**
 * Fluent's `tokens` is one object of 450 names, and a bundler keeps it whole: naming the variable itself lets it go.
 * The types have checked the name.
 */
function nameTokens(): Plugin {
  return {
    name: 'name-tokens',
    enforce: 'pre',
    transform(code, id) {
      const ours = id.startsWith(join(here, 'src')) && id.endsWith('.tsx');
      if (!ours && !/@fluentui\/.*\.styles\.js$/.test(id)) return null;
      return { code: code.replace(/(?<![./\w-])tokens\.(\w+)/g, "'var(--$1)'"), map: null };
    },
  };
}

export default defineConfig({
  root: here,
  plugins: [cutContent(), nameTokens(), firstScreen(), react()],
  build: {
    target: 'es2024',
    outDir: 'dist',
    emptyOutDir: true,
    // A preload helper would only serve browsers that Teams no longer runs in.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      // Pages use the domain's schemas as types alone: what nobody calls leaves the bundle, and zod with it.
      treeshake: { manualPureFunctions: ['z'] },
      input: {
        index: join(here, 'index.html'),
        meeting: join(here, 'meeting.html'),
        outlook: join(here, 'outlook.html'),
      },
    },
  },
});
