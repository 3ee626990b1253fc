import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

/**
 * Built by `npm start` when the sources changed. Types are checked by `npm run typecheck`, not again by each build. Headers
 * that differ from page to page (the content security policy with its nonce) are set in `src/proxy.ts`.
 */
const config: NextConfig = {
  distDir: '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  turbopack: { root: fileURLToPath(new URL('../../', import.meta.url)) },
  experimental: { optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'] },
  // Asked for unasked, wherever no page names an icon.
  rewrites: () => Promise.resolve([{ source: '/favicon.ico', destination: '/icon.svg' }]),
  headers: () =>
    Promise.resolve([
      {
        // Bull Board's answers bring their own: they may stand in a frame of ours.
        source: '/((?!admin/queues(?:/|$)).*)',
        headers: [
          { key: 'X-Content-Type-Options', value: 'nosniff' },
          { key: 'X-Frame-Options', value: 'DENY' },
          { key: 'Referrer-Policy', value: 'same-origin' },
          { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()' },
          { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
        ],
      },
    ]),
};

export default config;
