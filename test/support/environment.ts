/** What all tests agree on. */
export const TEST_SECRET = "1:a-secret-of-the-tests-that-guards-nothing-at-all";
export const TEST_PUBLIC_URL = "http://localhost:8000";

/** Cheap on purpose: a test asks whether, not how slowly. */
export const TEST_BCRYPT_COST = "4";

export function setTestEnvironment(databaseUrl: string): void {
  Object.assign(process.env, {
    NODE_ENV: "test",
    DATABASE_URL: databaseUrl,
    FOYER_SECRET: TEST_SECRET,
    PUBLIC_URL: TEST_PUBLIC_URL,
    BCRYPT_COST: TEST_BCRYPT_COST,
    LOG_LEVEL: "silent",
  });
}
