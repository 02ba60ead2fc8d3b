/** An update with the current values: 200, the same object, no event. */
import { beforeAll, expect, it } from "vitest";
import { changeRole } from "@/lib/apps/members";
import { db } from "@/lib/database/client";
import { call } from "./support/call";
import { someApp, someSession, type TestApp } from "./support/factories";
import { findHandler, someClient } from "./support/oauth";

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

type Json = Record<string, unknown>;

async function manage(method: string, path: string, body?: object): Promise<Json> {
  const { handler, params } = await findHandler(method, `/api/v1/apps/${app.id}${path}`);
  const answer = await call(handler, { method, params, body, bearer: app.apiKey });
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body as Json;
}

const countEvents = () => db().auditEvent.count({ where: { appId: app.id } });
const pick = (from: Json, names: string[]) => Object.fromEntries(names.map((name) => [name, from[name]]));

/** Sends `same`, which must write nothing, then `other`, which must. */
async function expectOneEvent(path: string, same: object, other: object): Promise<void> {
  const before = await countEvents();
  const first = await manage("PATCH", path, same);
  expect(await countEvents()).toBe(before);
  expect(await manage("PATCH", path, same)).toEqual(first);
  await manage("PATCH", path, other);
  await manage("PATCH", path, other);
  expect(await countEvents()).toBe(before + 1);
}

it("of an app", async () => {
  const { name, settings } = await manage("GET", "");
  await expectOneEvent("", { name, settings }, { settings: { session_idle_ttl_seconds: 90_000 } });
});

it("of a user", async () => {
  const { userId } = await someSession(app.id);
  const user = await manage("GET", `/users/${userId}`);
  const same = pick(user, [
    "email",
    "email_verified",
    "name",
    "metadata",
    "public_metadata",
    "external_id",
    "disabled",
  ]);
  await expectOneEvent(`/users/${userId}`, same, { ...same, name: "Bob", metadata: { plan: "pro" }, disabled: true });
});

it("of a client", async () => {
  const { id } = await someClient(app);
  const client = await manage("GET", `/clients/${id}`);
  const same = pick(
    client,
    ["client_name", "redirect_uris", "scopes", "grant_types", "refresh_token_rotation"].filter(
      (name) => name in client,
    ),
  );
  await expectOneEvent(`/clients/${id}`, same, { client_name: "Other name" });
});

it("of a scope", async () => {
  const scope = { name: "photos:print", description: "Print your photos", sensitive: false, optional: false };
  await manage("POST", "/scopes", scope);
  await expectOneEvent("/scopes/photos:print", pick(scope, ["description", "sensitive"]), { optional: true });
});

it("of a resource", async () => {
  const created = await manage("POST", "/resources", {
    identifier: "https://api.example.com/",
    name: "API",
    scopes: [],
  });
  const same = pick(created, ["identifier", "name", "scopes", "access_token_ttl_seconds", "default"]);
  await expectOneEvent(`/resources/${created.id}`, same, { name: "Photos" });
});

it("of a custom claim", async () => {
  const created = await manage("POST", "/claims", {
    name: "plan",
    source: { metadata: "plan" },
    targets: ["id_token"],
  });
  await expectOneEvent(`/claims/${created.id}`, pick(created, ["source", "targets"]), { targets: ["userinfo"] });
});

it("of a connection", async () => {
  const github = { provider: "github", client_id: "abc", client_secret: "def" };
  await manage("POST", "/connections", github);
  await expectOneEvent("/connections/github", { client_id: "abc", enabled: true }, { client_id: "ghi" });
});

it("of a member's role", async () => {
  const before = await countEvents();
  await changeRole(app.id, app.ownerId, "owner", { type: "operator" });
  expect(await countEvents()).toBe(before);
});
