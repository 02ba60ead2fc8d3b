import { beforeAll, describe, expect, it } from "vitest";
import { someApp, type TestApp } from "@/test/support/factories";
import { db, transaction } from "../database/client";
import { newId } from "../ids";
import { parseInput } from "../input";
import { KIND, listUsers, UserQuery } from "./search";

const NOW = Date.parse("2026-03-10T12:00:00Z");
const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(NOW - days * DAY);

interface Person {
  id: string;
  email: string;
  verified: boolean;
  password: boolean;
  disabled: boolean;
  /** Days ago. null: never. */
  signedIn: number | null;
  factor: boolean;
}

let app: TestApp;
/** Newest first: two users of each of the sixteen kinds. Their last sign-ins are in another order. */
let people: Person[];

beforeAll(async () => {
  app = await someApp();
  const otherApp = await someApp();
  people = Array.from({ length: 32 }, (_, n) => ({
    id: newId("usr"),
    email: `${n % 3 === 0 ? "ada" : "bob"}_${n}@kinds.example`,
    verified: (n & 1) > 0,
    password: (n & 2) > 0,
    disabled: (n & 4) > 0,
    signedIn: (n & 8) > 0 ? (n * 7) % 32 : null,
    factor: (n & 16) > 0,
  })).sort((a, b) => (a.id < b.id ? 1 : -1));
  for (const appId of [app.id, otherApp.id]) {
    await db().user.createMany({
      data: people.map((person) => ({
        appId,
        id: person.id,
        email: person.email,
        emailCanonical: person.email,
        name: `Name ${person.email.slice(0, 3).toUpperCase()}`,
        emailVerifiedAt: person.verified ? daysAgo(40) : null,
        passwordHash: person.password ? "$2b$04$none" : null,
        disabledAt: person.disabled ? daysAgo(1) : null,
        factors: person.factor ? ["totp"] : [],
        lastSignInAt: person.signedIn === null ? null : daysAgo(person.signedIn),
      })),
    });
  }
});

async function list(query: Record<string, string>): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listUsers(app.id, parseInput(UserQuery, { limit: "3", ...query, ...(cursor && { cursor }) }));
    ids.push(...page.data.map(({ id }) => id));
    cursor = page.next_cursor;
  } while (cursor);
  return ids;
}

const either = [undefined, "true", "false"];
const COMBINATIONS = either.flatMap((email_verified) =>
  either.flatMap((has_password) =>
    either.flatMap((disabled) =>
      // The filter by factor is combined with at most one other, so that the test stays short.
      either.flatMap((signed_in) => {
        const others = { email_verified, has_password, disabled, signed_in };
        const few = Object.values(others).filter((value) => value !== undefined).length <= 1;
        return (few ? either : [undefined]).map((has_factor) => ({ ...others, has_factor }));
      }),
    ),
  ),
);

const given = (query: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined));

function fits(person: Person, query: Record<string, string | undefined>): boolean {
  const is = (name: string, value: boolean) => query[name] === undefined || query[name] === String(value);
  return (
    is("email_verified", person.verified) &&
    is("has_password", person.password) &&
    is("disabled", person.disabled) &&
    is("has_factor", person.factor) &&
    is("signed_in", person.signedIn !== null)
  );
}

describe("the list of users", () => {
  it("returns every combination of filters, page by page, newest first", async () => {
    for (const query of COMBINATIONS) {
      const expected = people.filter((person) => fits(person, query)).map(({ id }) => id);
      expect(await list(given(query)), JSON.stringify(query)).toEqual(expected);
    }
  });

  it.each([
    ["after", { signed_in_after: daysAgo(10).toISOString() }, (days: number) => days <= 10],
    ["before", { signed_in_before: daysAgo(10).toISOString() }, (days: number) => days > 10],
    [
      "between",
      { signed_in_after: daysAgo(20).toISOString(), signed_in_before: daysAgo(5).toISOString() },
      (days: number) => days <= 20 && days > 5,
    ],
  ])("filters by sign-ins %s a time, latest first, combined with other filters", async (_, times, meant) => {
    for (const rest of [{}, { disabled: "true" }, { email_verified: "false", has_password: "true" }]) {
      const expected = people
        .filter((person) => person.signedIn !== null && meant(person.signedIn) && fits(person, rest))
        .sort((a, b) => (a.signedIn ?? 0) - (b.signedIn ?? 0) || (a.id < b.id ? 1 : -1));
      expect(await list(given({ ...times, ...rest }))).toEqual(expected.map(({ id }) => id));
    }
  });

  it("searches within a filter", async () => {
    const found = people.filter((person) => person.disabled && person.email.startsWith("ada"));
    expect(found.length).toBeGreaterThan(3);
    expect(await list({ q: "Ada", disabled: "true" })).toEqual(found.map(({ id }) => id));
    expect(await list({ q: "da_", disabled: "true" }), "_ is not a wildcard").toEqual(found.map(({ id }) => id));
    expect(await list({ q: "d__", disabled: "true" }), "_ is not a wildcard").toEqual([]);
    expect(await list({ q: "ad%" })).toEqual([]);
  });

  it("finds exactly one user by email address, also within a filter, and none of another app", async () => {
    const [one, other] = people as [Person, Person];
    expect(await list({ email: one.email.toUpperCase() })).toEqual([one.id]);
    expect(await list({ email: one.email, disabled: String(!one.disabled) })).toEqual([]);
    expect(await list({ email: one.email, q: other.email })).toEqual([]);
    expect(await list({ email: one.email.slice(1) })).toEqual([]);
    expect(() => parseInput(UserQuery, { email: "bob" })).toThrow("email: must be one email address");
  });

  it("names the invalid fields of a query", () => {
    const query = { email_verified: "yes", signed_in_after: "yesterday", cursor: "usr_1_2_3" };
    expect(() => parseInput(UserQuery, query)).toThrow(
      expect.objectContaining({
        options: expect.objectContaining({
          fields: {
            email_verified: "must be true or false",
            signed_in_after: expect.stringContaining("2026-01-31T12:00:00Z"),
            cursor: expect.stringContaining("next_cursor"),
          },
        }),
      }),
    );
  });

  it("uses the indexes of the kinds, since the query has the same expression", async () => {
    const plan = await transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
      await tx.$executeRaw`SET LOCAL enable_bitmapscan = off`;
      await tx.$executeRaw`SET LOCAL enable_sort = off`;
      return tx.$queryRaw<
        { "QUERY PLAN": string }[]
      >`EXPLAIN SELECT * FROM "User" u WHERE u."appId" = ${app.id} AND ${KIND} = 3 ORDER BY u."id" DESC LIMIT 5`;
    });
    expect(plan.map((line) => line["QUERY PLAN"]).join("\n")).toContain(`using "User_kinds"`);
  });
});
