/** An App by the management API: its name and settings. */
import { beforeEach, describe, expect, it } from "vitest";
import { AppSettings } from "@/lib/apps/settings";
import { db } from "@/lib/database/client";
import { expectError } from "@/test/support/credentials";
import { someApp, type TestApp } from "@/test/support/factories";
import { manage, manageAs } from "@/test/support/manage";

let app: TestApp;
beforeEach(async () => {
  app = await someApp();
});

const change = (body: unknown) => manage(app, "PATCH", "", { body });

describe("GET", () => {
  it("returns name, issuer and every setting, including defaults", async () => {
    const { status, body } = await manage(app, "GET", "");
    expect(status).toBe(200);
    expect(body).toEqual({ app_id: app.id, name: "Test App", issuer: app.issuer, settings: AppSettings.parse({}) });
  });
});

describe("PATCH", () => {
  it("changes the given fields, keeps the others, and takes effect at once", async () => {
    const settings = { signups: "closed", methods: { password: false }, allowed_email_domains: ["Example.COM "] };
    const { status, body } = await change({ name: "Photo Blog", settings });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      app_id: app.id,
      name: "Photo Blog",
      settings: {
        signups: "closed",
        methods: { password: false, magic_link: true, email_code: false },
        allowed_email_domains: ["example.com"],
        direct_token_ttl_seconds: 900,
      },
    });
    expect((await manage(app, "GET", "")).body).toEqual(body);
    expect((await change({ settings: { methods: { magic_link: false } } })).body.settings).toMatchObject({
      methods: { password: false, magic_link: false, email_code: false },
      signups: "closed",
    });
    const events = await db().auditEvent.findMany({ where: { appId: app.id, type: "app.updated" } });
    expect(events.map(({ actorType }) => actorType)).toEqual(["key", "key"]);
  });

  it.each<[field: string, body: unknown]>([
    ["name", { name: "" }],
    ["name", { name: 7 }],
    ["settings", { settings: [] }],
    ["settings", { settings: "closed" }],
    ["settings.nope", { settings: { nope: 1 } }],
    ["settings.methods", { settings: { methods: true } }],
    ["settings.methods.nope", { settings: { methods: { nope: true } } }],
    ["settings.signups", { settings: { signups: "maybe" } }],
    ["settings.signups", { settings: { signups: null } }],
    ["settings.password_minimum_bytes", { settings: { password_minimum_bytes: 7 } }],
    ["settings.return_urls.0", { settings: { return_urls: ["javascript:alert(1)"] } }],
    ["settings.branding.color", { settings: { branding: { color: "red" } } }],
  ])("rejects %s with 400, and changes nothing", async (field, body) => {
    const answer = await change(body);
    expectError(answer, 400, "invalid_request");
    expect(Object.keys(answer.body.fields)).toEqual([field]);
    expect(await db().app.findUnique({ where: { id: app.id } })).toMatchObject({ name: "Test App", settings: {} });
  });

  it("cannot change the ID or the issuer", async () => {
    const answer = await change({ app_id: "app_x", id: "app_x", issuer: "https://evil.example" });
    expectError(answer, 400, "invalid_request");
    expect(Object.keys(answer.body.fields)).toEqual(["app_id", "id", "issuer"]);
    expect((await manage(app, "GET", "")).body).toMatchObject({ app_id: app.id, issuer: app.issuer });
  });
});

it("objects of another app get a 404", async () => {
  const otherApp = await someApp();
  for (const method of ["GET", "PATCH"])
    expectError(
      await manageAs(otherApp, app, method, "", method === "GET" ? {} : { body: { name: "stolen" } }),
      404,
      "not_found",
    );
});
