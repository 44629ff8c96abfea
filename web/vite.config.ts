import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const SERVICE = 'http://127.0.0.1:3000';

// Vite takes its configuration from a default export.
export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // Everything under style-src 'self' and script-src 'self': no inlined assets.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/v1': SERVICE, '/openapi.json': SERVICE } },
});
