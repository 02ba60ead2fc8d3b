/** Fixtures for endpoints that take an API key: rejected keys and the shape of an error. */
import { expect } from "vitest";
import { newSecretToken } from "@/lib/crypto/secret-token";
import { invalidate } from "@/lib/database/cache";
import { db } from "@/lib/database/client";
import type { TestResponse } from "./call";
import type { TestApp } from "./factories";

/** Authorization headers that get a 401 in place of the key of `app`; undefined sends no header. */
export async function rejectedKeys(app: TestApp): Promise<[title: string, authorization: string | undefined][]> {
  const [revoked, expired] = [
    await anotherKey(app, { revokedAt: new Date() }),
    await anotherKey(app, { expiresAt: new Date() }),
  ];
  const last = app.apiKey.at(-1) === "0" ? "1" : "0";
  return [
    ["none", undefined],
    ["an empty header", ""],
    ["only a scheme", "Bearer"],
    ["a key without a scheme", app.apiKey],
    ["another scheme", `Basic ${Buffer.from(`${app.apiKey}:`).toString("base64")}`],
    ["an unknown key", `Bearer ${newSecretToken("foyer_sk", app.id)}`],
    ["a key of an app that does not exist", `Bearer ${newSecretToken("foyer_sk", "app_01nowhere00000")}`],
    ["a truncated key", `Bearer ${app.apiKey.slice(0, -1)}`],
    ["a mistyped key", `Bearer ${app.apiKey.slice(0, -1)}${last}`],
    ["a key followed by another word", `Bearer ${app.apiKey} x`],
    ["two keys", `Bearer ${app.apiKey}, Bearer ${app.apiKey}`],
    ["a client's secret", `Bearer ${newSecretToken("foyer_cs", app.id)}`],
    ["a JWT", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."],
    ["a revoked key", `Bearer ${revoked}`],
    ["an expired key", `Bearer ${expired}`],
  ];
}

/** Creates another API key of the app. → the key */
export async function anotherKey(app: TestApp, state: { revokedAt?: Date; expiresAt?: Date } = {}): Promise<string> {
  const { newApiKeyRow } = await import("@/lib/apps/api-keys");
  const { apiKey, row } = newApiKeyRow(app.id, "another", null);
  await db().apiKey.create({ data: { ...row, ...state } });
  invalidate(app.id);
  return apiKey;
}

/** Asserts the shape that every API error has. */
export function expectError(answer: TestResponse, status: number, code: string): void {
  expect({ status: answer.status, error: answer.body.error }).toEqual({ status, error: code });
  const {
    error,
    error_description,
    request_id,
    fields,
    mfa_token: _,
    methods,
    acr_values,
    max_age,
    ...more
  } = answer.body;
  expect(more).toEqual({});
  expect(error_description).toMatch(/^\S.{5,}/);
  expect(request_id).toBe("req_test");
  if (error === "mfa_required" || error === "mfa_enrollment_required") expect(methods).toBeInstanceOf(Array);
  if (error === "insufficient_user_authentication") expect([acr_values, max_age]).toEqual([expect.any(String), 600]);
  if (fields !== undefined) expect(Object.values(fields).every((problem) => typeof problem === "string")).toBe(true);
  expect(answer.headers.get("x-request-id")).toBe(request_id);
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  if (status === 401) expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer realm="foyer"/);
  if (status === 429 || status === 503) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
}

/** The number of users and sessions in all apps of the database. */
export async function countUsersAndSessions(): Promise<{ users: number; sessions: number }> {
  return { users: await db().user.count(), sessions: await db().session.count() };
}
