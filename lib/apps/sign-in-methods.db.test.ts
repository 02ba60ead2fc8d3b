/** An app keeps a sign-in method, whatever disables the last one. */
import { describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { createConnection, deleteConnection, updateConnection } from "@/lib/social/connections";
import { someApp, type TestApp } from "@/test/support/factories";
import { manage } from "@/test/support/manage";
import { OPERATOR } from "@/test/support/oauth";
import { getApp } from "./apps";
import { updateApp } from "./update";

const NONE = { methods: { password: false, magic_link: false, email_code: false }, passkeys: false };
const REJECTED = { status: 409, body: { error: "no_sign_in_method" } };
const LAST = expect.objectContaining({ status: 409, code: "no_sign_in_method" });

function set(app: TestApp, settings: object) {
  return manage(app, "PATCH", "", { body: { settings } });
}

async function connect(app: TestApp, connection: string, enabled = true) {
  const issuer = "https://idp.example";
  const input = { provider: "oidc", connection, client_id: "x", issuer, enabled } as const;
  await createConnection(await getApp(app.id), input, OPERATOR);
}

/** An app whose only sign-in method is the connection `acme`. */
async function connectedOnly(): Promise<TestApp> {
  const app = await someApp();
  await connect(app, "acme");
  await updateApp(app.id, { settings: NONE }, OPERATOR);
  return app;
}

describe("an app's last sign-in method", () => {
  it("can't be disabled: the error names the settings, and nothing changes", async () => {
    const app = await someApp();
    const answer = await set(app, { ...NONE, signups: "closed" });
    expect(answer).toMatchObject(REJECTED);
    for (const name of ["methods.password", "methods.magic_link", "methods.email_code", "passkeys", "connection"])
      expect(answer.body.error_description).toContain(name);
    expect((await getApp(app.id)).settings).toMatchObject({ signups: "open", passkeys: true });
    expect(await db().auditEvent.count({ where: { appId: app.id, type: "app.updated" } })).toBe(0);
  });

  it.each<[string, object]>([
    ["passwords", { methods: { ...NONE.methods, password: true }, passkeys: false }],
    ["magic links", { methods: { ...NONE.methods, magic_link: true }, passkeys: false }],
    ["emailed codes", { methods: { ...NONE.methods, email_code: true }, passkeys: false }],
    ["passkeys", { ...NONE, passkeys: true }],
  ])("can be %s, until they are disabled too", async (_title, settings) => {
    const app = await someApp();
    expect((await set(app, settings)).status).toBe(200);
    expect(await set(app, NONE)).toMatchObject(REJECTED);
    expect((await set(app, { signups: "closed" })).status).toBe(200);
  });

  it("can be a connection, but no disabled one and none of another app", async () => {
    const [app, neighbor] = await Promise.all([someApp(), someApp()]);
    await connect(neighbor, "acme");
    await connect(app, "off", false);
    expect(await set(app, NONE)).toMatchObject(REJECTED);
    await connect(app, "acme");
    expect((await set(app, NONE)).status).toBe(200);
  });

  it("can't be disabled or deleted if it is a connection", async () => {
    const app = await connectedOnly();
    expect(await manage(app, "PATCH", "/connections/acme", { body: { enabled: false } })).toMatchObject(REJECTED);
    expect(await manage(app, "DELETE", "/connections/acme")).toMatchObject(REJECTED);
    expect((await manage(app, "PATCH", "/connections/acme", { body: { display_name: "Acme" } })).status).toBe(200);
    expect((await manage(app, "GET", "/connections/acme")).body).toMatchObject({ enabled: true });
    await set(app, { passkeys: true });
    expect((await manage(app, "DELETE", "/connections/acme")).status).toBe(204);
  });

  it("stays under 20 changes at once", async () => {
    const app = await connectedOnly();
    await set(app, { passkeys: true });
    for (let index = 0; index < 9; index++) await connect(app, `c${index}`);
    const current = await getApp(app.id);
    const changes = await Promise.allSettled([
      ...Array.from({ length: 5 }, () => updateApp(app.id, { settings: { passkeys: false } }, OPERATOR)),
      ...Array.from({ length: 5 }, () => updateConnection(current, "acme", { enabled: false }, OPERATOR)),
      ...Array.from({ length: 9 }, (_, index) => deleteConnection(app.id, `c${index}`, OPERATOR)),
      deleteConnection(app.id, "acme", OPERATOR),
    ]);
    const failures = changes.flatMap((change) => (change.status === "rejected" ? [change.reason] : []));
    for (const failure of failures) if (failure.status !== 404) expect(failure).toEqual(LAST);
    expect(failures.length).toBeGreaterThan(0);
    const { passkeys } = (await getApp(app.id)).settings;
    const enabled = await db().oAuthConfig.count({ where: { appId: app.id, enabled: true } });
    expect(Number(passkeys) + enabled).toBe(1);
  });
});
