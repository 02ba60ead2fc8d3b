/** Two tiers in one runner: `unit` (beside the code, with a real PostgreSQL) and `e2e` (the production server, in Chromium). */
import { defineConfig } from "vitest/config";

const alias = { "@": import.meta.dirname };

/** The pages of the documentation, as text. */
const markdown = {
  name: "markdown",
  transform: (text: string, id: string) => (id.endsWith(".md") ? `export default ${JSON.stringify(text)};` : undefined),
};

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        plugins: [markdown],
        test: {
          name: "unit",
          include: ["{lib,app,cli,scripts,emails,test}/**/*.test.{ts,tsx}"],
          globalSetup: ["./test/support/cluster.ts"],
          setupFiles: ["./test/support/worker-database.ts"],
          pool: "forks",
          maxWorkers: 2,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        plugins: [markdown],
        test: {
          name: "e2e",
          include: ["e2e/**/*.test.{ts,tsx}"],
          globalSetup: ["./test/support/cluster.ts"],
          pool: "forks",
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
