import path from "node:path";
import type { NextConfig } from "next";

const config: NextConfig = {
  output: "standalone",
  // Without this Next looks for a lock file further up and copies too much.
  outputFileTracingRoot: path.resolve(import.meta.dirname),
  turbopack: { root: path.resolve(import.meta.dirname) },
  agentRules: false,
  poweredByHeader: false,
  reactStrictMode: true,
  reactCompiler: true,
  // `pnpm typecheck` does this, tests included; a first `./dott up` should not wait for it.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  // Dott is a system behind a sign-in: no page has an image that Next would have to resize.
  images: { unoptimized: true },
  // Hence its image library, 19 MB, stays out of the server's files: those of every route and of Next itself.
  outputFileTracingExcludes: {
    "**": ["node_modules/.pnpm/@img+*/**", "node_modules/.pnpm/sharp@*/**"],
  },
  // The API's paths end in a slash and must arrive exactly as written (proxy.ts).
  skipTrailingSlashRedirect: true,
  allowedDevOrigins: ["localhost", "127.0.0.1"],
  experimental: {
    turbopackRustReactCompiler: true,
    // Pages hold a shell; data live in the query cache. Coming back to one costs no request.
    staleTimes: { dynamic: 300, static: 300 },
    // The import page uploads through the same origin. Above the API's limit of 100 MB, so that the
    // API is the one to refuse: Next would cut the body off and leave the browser waiting.
    proxyClientMaxBodySize: "104mb",
    proxyTimeout: 120_000,
  },
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
        { key: "X-Frame-Options", value: "DENY" },
        { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
        {
          key: "Permissions-Policy",
          value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        },
      ],
    },
  ],
};

export default config;
