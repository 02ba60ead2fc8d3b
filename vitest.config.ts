/** The tests beside the code, with a real PostgreSQL. Those of e2e/ run in Playwright: playwright.config.ts. */
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
    ],
  },
});
