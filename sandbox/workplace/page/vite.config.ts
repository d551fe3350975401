import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // The tab is served from the same origin too, with its own /assets.
  base: '/workplace/',
  plugins: [react()],
  build: { outDir: '../dist/page', emptyOutDir: true, chunkSizeWarningLimit: 1500 },
});
