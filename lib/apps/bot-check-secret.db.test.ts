/** The secret of the bot check: sealed, never returned, and required by the providers that use one. */
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { ask, askAs } from "@/test/support/account";
import { someApp, type TestApp } from "@/test/support/factories";
import { openBotCheckSecret, sealedBotCheckSecrets } from "./bot-check-secret";

const SECRET = "0x4AAAAAAA-the-secret-of-turnstile";

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

function patch(body: unknown) {
  return askAs(app, `/api/v1/apps/${app.id}`, body, { method: "PATCH" });
}

const turnstile = { bot_check: "turnstile", bot_check_site_key: "the-site-key" };

describe("PATCH /api/v1/apps/{app}", () => {
  it("names what a provider needs", async () => {
    expect((await patch({ settings: { bot_check: "turnstile" } })).body.fields).toEqual({
      bot_check_site_key: "is required for turnstile",
    });
    expect((await patch({ settings: turnstile })).body.fields).toEqual({
      bot_check_secret: "is required for turnstile",
    });
    expect((await patch({ settings: { bot_check: "altcha" } })).status).toBe(200);
  });

  it("stores the secret sealed, and returns it nowhere", async () => {
    const answer = await patch({ settings: turnstile, bot_check_secret: SECRET });
    expect(answer.status).toBe(200);
    const shown = await ask(`/api/v1/apps/${app.id}`, { bearer: app.apiKey });
    const events = await db().auditEvent.findMany({ where: { appId: app.id } });
    const row = await db().app.findUniqueOrThrow({ where: { id: app.id } });
    for (const text of [answer.body, shown.body, events, row]) expect(JSON.stringify(text)).not.toContain(SECRET);
    expect(events.some(({ explanation }) => JSON.stringify(explanation).includes("bot_check_secret"))).toBe(true);
    expect(await openBotCheckSecret(app.id)).toBe(SECRET);
  });

  it("keeps the secret when other settings change, but requires another one for another provider", async () => {
    expect((await patch({ settings: { bot_check_site_key: "another-key" } })).status).toBe(200);
    expect((await patch({ settings: { bot_check: "hcaptcha" } })).body.fields).toHaveProperty("bot_check_secret");
    expect((await patch({ bot_check_secret: null })).body.fields).toHaveProperty("bot_check_secret");
    expect((await patch({ settings: { bot_check: "off" }, bot_check_secret: null })).status).toBe(200);
    expect(await openBotCheckSecret(app.id)).toBeNull();
  });

  it.each([
    ["a number", 5],
    ["an empty text", ""],
    ["201 characters", "x".repeat(201)],
    ["NUL", "a\0b"],
  ])("rejects a secret that is %s", async (_, secret) =>
    expect((await patch({ bot_check_secret: secret })).body.fields).toHaveProperty("bot_check_secret"),
  );
});

it("is sealed anew with the newest master key, unless it was replaced meanwhile", async () => {
  await patch({ settings: turnstile, bot_check_secret: SECRET });
  const values = [];
  for await (const value of sealedBotCheckSecrets()) if (value.context.appId === app.id) values.push(value);
  expect(values).toHaveLength(1);
  expect(await values[0]?.replace("s1.1.fresh")).toEqual({ count: 1 });
  expect(await values[0]?.replace("s1.1.fresher")).toEqual({ count: 0 });
});
