/**
 * Test projects: `pure` (`*.test.ts`, without a database) and `db` (`*.db.test.ts`, with a real
 * PostgreSQL). The tests in e2e/ run in Playwright: playwright.config.ts.
 */
import { defineConfig } from "vitest/config";
import { TEST_ENVIRONMENT } from "./test/support/environment";

const alias = { "@": import.meta.dirname };

/** The pages of the documentation, as text. */
const markdown = {
  name: "markdown",
  transform: (text: string, id: string) => (id.endsWith(".md") ? `export default ${JSON.stringify(text)};` : undefined),
};

const FOLDERS = "{lib,app,cli,scripts,emails,test}";

/**
 * Files share workers, and with them the loaded packages; test/support/fresh-modules.ts separates them. One worker
 * more than two cores have, because tests of timeouts wait.
 */
const shared = { isolate: false, maxWorkers: 3, env: TEST_ENVIRONMENT, testTimeout: 20_000 };

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        plugins: [markdown],
        test: {
          ...shared,
          name: "pure",
          include: [`${FOLDERS}/**/*.test.{ts,tsx}`],
          exclude: ["**/*.db.test.ts"],
          setupFiles: ["./test/support/fresh-modules.ts"],
          pool: "threads",
        },
      },
      {
        resolve: { alias },
        plugins: [markdown],
        test: {
          ...shared,
          name: "db",
          include: [`${FOLDERS}/**/*.db.test.ts`],
          globalSetup: ["./test/support/cluster.ts", "./test/support/key-pairs.ts"],
          setupFiles: ["./test/support/fresh-modules.ts", "./test/support/worker-database.ts"],
          // In this order, since the second loads modules. After `pure`: no worker serves both projects.
          sequence: { setupFiles: "list", groupOrder: 1 },
          pool: "forks",
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
