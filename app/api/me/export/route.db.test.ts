/** GET /api/me/export: what is kept about a user, whole, theirs alone, and without a secret. */
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { newId } from "@/lib/ids";
import { ask, askAs, logIn } from "@/test/support/account";
import { expectError } from "@/test/support/credentials";
import { someApp, someSession, type TestApp } from "@/test/support/factories";
import { Browser, getTokens, someClient } from "@/test/support/oauth";

let app: TestApp;
beforeAll(async () => {
  app = await someApp("Photo Blog");
});

async function someLife() {
  const [client, browser] = [await someClient(app), new Browser(app)];
  await getTokens(client, browser);
  const { token, user } = (await logIn(app, browser.email)).body;
  const userId = user.id as string;
  await db().identity.create({
    data: {
      appId: app.id,
      id: newId("idn"),
      userId,
      connection: "github",
      issuer: "https://github.com",
      subject: userId,
    },
  });
  const metadata = { metadata: { score: "internal-note" }, public_metadata: { plan: "pro" }, name: "Bób" };
  await askAs(app, `/api/v1/apps/${app.id}/users/${userId}`, metadata, { method: "PATCH" });
  return { client, browser, token: token as string, userId };
}

it("the export has profile, identities, sessions, consents, grants and events", async () => {
  const { client, browser, token, userId } = await someLife();
  const { status, body, headers } = await ask("/api/me/export", { bearer: token });
  expect([status, headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(body).toMatchObject({
    app: { id: app.id, name: "Photo Blog" },
    profile: { id: userId, email: browser.email, name: "Bób", public_metadata: { plan: "pro" } },
    identities: [{ connection: "github", issuer: "https://github.com", subject: userId }],
    consents: [{ client_id: client.id }],
    grants: [{ client_id: client.id, ended_at: null }],
    events_truncated: false,
  });
  expect(body.sessions).toHaveLength(2);
  const types = body.events.map(({ type }: { type: string }) => type);
  expect(types).toEqual(expect.arrayContaining(["user.signed_up", "user.signed_in", "consent.given", "user.updated"]));
  expect(await db().auditEvent.count({ where: { appId: app.id, userId, type: "user.exported" } })).toBe(1);
});

describe("the export does not contain", () => {
  it("hashes, salts, keys or private metadata of the app", async () => {
    const { token, userId } = await someLife();
    const text = JSON.stringify((await ask("/api/me/export", { bearer: token })).body);
    const user = await db().user.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id: userId } } });
    for (const secret of [user.passwordHash ?? "-", "internal-note", app.apiKey, app.ownerId, token])
      expect(text).not.toContain(secret);
    expect(text).not.toMatch(/hash|salt|sealed|password_|key_[0-9a-z]{26}/i);
  });

  it("data of another user", async () => {
    const [bob, carol] = [await someLife(), await someLife()];
    const text = JSON.stringify((await ask("/api/me/export", { bearer: bob.token })).body);
    expect(text).not.toContain(carol.userId);
    expect(text).not.toContain(carol.browser.email);
  });

  it("more than 5,000 events", async () => {
    const { token, userId } = await someSession(app.id);
    await db().$executeRaw`
      INSERT INTO "AuditEvent" ("appId", "id", "type", "actorType", "userId")
      SELECT ${app.id}, 'evt_' || lpad(i::text, 26, '0'), 'user.signed_in', 'user', ${userId}
      FROM generate_series(1, 5001) AS i`;
    const { body } = await ask("/api/me/export", { bearer: token });
    expect([body.events.length, body.events_truncated]).toEqual([5000, true]);
  });
});

it("an API key, a client's token and no token are rejected with 401", async () => {
  const { access_token } = await getTokens(await someClient(app), new Browser(app));
  for (const bearer of [undefined, app.apiKey, access_token]) {
    const answer = await ask("/api/me/export", { bearer });
    expectError(answer, 401, bearer ? "invalid_token" : "unauthorized");
  }
});

describe("from the account page", () => {
  it("is a file for a signed-in user, but not for another site's form or without a session", async () => {
    const { browser, userId } = await someLife();
    const answer = await browser.submit("account/export", {});
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="${app.id}-${userId}.json"`);
    expect(answer.body.profile.id).toBe(userId);
    expect((await browser.submit("account/export", {}, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await new Browser(app).submit("account/export", {})).status).toBe(303);
  });
});
