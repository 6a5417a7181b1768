/** Builds the page (src/ui/web) into dist/web, from where src/ui/server serves it. */
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src/ui/web',
  plugins: [preact()],
  build: {
    outDir: '../../../dist/web',
    emptyOutDir: true,
    // The Content-Security-Policy knows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
