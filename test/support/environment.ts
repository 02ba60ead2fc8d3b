/** Environment variables of every test. */
export const TEST_SECRET = "1:a-secret-of-the-tests-that-guards-nothing-at-all";
export const TEST_PUBLIC_URL = "http://localhost:8000";

/** The lowest cost that bcrypt allows: tests check the result of hashing, not its duration. */
export const TEST_BCRYPT_COST = "4";

/** No database by default: tests that use it set its URL, and every other test fails if it tries. */
export const TEST_ENVIRONMENT = {
  NODE_ENV: "test" as const,
  DATABASE_URL: "",
  FOYER_SECRET: TEST_SECRET,
  PUBLIC_URL: TEST_PUBLIC_URL,
  BCRYPT_COST: TEST_BCRYPT_COST,
  LOG_LEVEL: "silent",
};

export function setTestEnvironment(databaseUrl: string): void {
  Object.assign(process.env, TEST_ENVIRONMENT, { DATABASE_URL: databaseUrl });
}
