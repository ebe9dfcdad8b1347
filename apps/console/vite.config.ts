import { defineConfig } from 'vite';
import { compressFiles } from './build/compress-files.ts';
import { limitFirstPage } from './build/limit-first-page.ts';

/** What a newcomer's browser loads before it shows something: JavaScript, compressed with gzip. */
const FIRST_PAGE_LIMIT_KB = 200;

/** Read by the API, which puts a fresh nonce in its place for each answer. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    target: 'es2023',
    // A picture inside a style sheet would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      onLog: (level, log, tell) => {
        // Components say "use client" for servers that render; nothing is rendered on a server here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log);
      },
    },
  },
  html: { cspNonce: NONCE_PLACEHOLDER },
  plugins: [limitFirstPage(FIRST_PAGE_LIMIT_KB), compressFiles()],
});
