import { describe, expect, it } from "vitest";
import { someApp, someDeveloper } from "@/test/support/factories";
import { db, pool } from "../database/client";
import { findApiKey } from "./api-keys";
import { getApp } from "./apps";
import { deleteApp, removeDeletedApps } from "./delete";
import { listApps, updateApp } from "./update";

const by = { type: "operator" } as const;

describe("updateApp", () => {
  it("changes the given values only, and the next reader sees them", async () => {
    const { id } = await someApp();
    await updateApp(id, { name: "New", settings: { signups: "closed", methods: { password: false } } }, by);
    await updateApp(id, { settings: { methods: { magic_link: false } } }, by);
    expect(await getApp(id)).toMatchObject({
      name: "New",
      settings: {
        signups: "closed",
        methods: { password: false, magic_link: false, email_code: false },
        direct_token_ttl_seconds: 900,
      },
    });
    const events = await db().auditEvent.findMany({
      where: { appId: id, type: "app.updated" },
      orderBy: { id: "asc" },
    });
    expect(events.map((event) => event.explanation)).toEqual([
      { changed: ["name", "methods", "signups"] },
      { changed: ["methods"] },
    ]);
  });

  it("keeps both of two parallel changes", async () => {
    const { id } = await someApp();
    await Promise.all([
      updateApp(id, { settings: { signups: "closed" } }, by),
      updateApp(id, { settings: { password_minimum_bytes: 12 } }, by),
      updateApp(id, { name: "Both" }, by),
    ]);
    expect(await getApp(id)).toMatchObject({
      name: "Both",
      settings: { signups: "closed", password_minimum_bytes: 12 },
    });
  });

  it("keeps a return URL of an earlier release that is not accepted any more", async () => {
    const { id } = await someApp();
    const return_urls = ["https://*.a.example/"];
    await db().app.update({ where: { id }, data: { settings: { return_urls } } });
    const { settings } = await updateApp(id, { settings: { signups: "closed" } }, by);
    expect(settings.return_urls).toEqual(return_urls);
  });

  it.each<[string, Record<string, unknown>]>([
    ["nope", { nope: 1 }],
    ["methods.nope", { methods: { nope: true } }],
    ["methods", { methods: true }],
    ["signups", { signups: "maybe" }],
    ["password_minimum_bytes", { password_minimum_bytes: 7 }],
    ["password_minimum_bytes", { password_minimum_bytes: 65 }],
    ["direct_token_ttl_seconds", { direct_token_ttl_seconds: 86_401 }],
    ["return_urls.0", { return_urls: ["javascript:alert(1)"] }],
    ["return_urls.0", { return_urls: ["https://a.example/#fragment"] }],
    ["return_urls.1", { return_urls: ["https://a.example/", "https://*.a.example/"] }],
    ["return_urls.0", { return_urls: ["https://a.example/?token="] }],
    ["branding.color", { branding: { color: "red" } }],
  ])("rejects an invalid value with 400 that names %s", async (field, settings) => {
    const { id } = await someApp();
    await expect(updateApp(id, { settings }, by)).rejects.toMatchObject({
      status: 400,
      options: { fields: { [field]: expect.any(String) } },
    });
    expect(await db().app.findUnique({ where: { id } })).toMatchObject({ settings: {} });
  });
});

it("listApps lists only the apps of the developer", async () => {
  const app = await someApp();
  expect((await listApps(app.ownerId)).map((listed) => listed.app_id)).toEqual([app.id]);
  expect(await listApps((await someDeveloper()).id)).toEqual([]);
});

describe("deleteApp", () => {
  it("deletes all data of the app and none of another app", async () => {
    const [app, neighbor] = [await someApp(), await someApp()];
    await getApp(app.id);
    await deleteApp(app.id, by);
    await expect(getApp(app.id)).rejects.toMatchObject({ status: 404 });
    expect(await db().apiKey.count({ where: { appId: app.id } })).toBe(0);
    expect(await db().apiKey.count({ where: { appId: neighbor.id } })).toBe(1);
    await expect(deleteApp(app.id, by)).rejects.toMatchObject({ status: 404 });
  });

  it("takes effect at once, also while many rows are deleted in batches", async () => {
    const app = await someApp();
    await pool().query(
      `INSERT INTO "User" ("appId", "id", "emailCanonical", "updatedAt")
       SELECT $1, 'usr_' || lpad(n::text, 26, '0'), n || '@example.com', now() FROM generate_series(1, 5500) n`,
      [app.id],
    );
    await deleteApp(app.id, by);
    await expect(getApp(app.id)).rejects.toMatchObject({ status: 404 });
    expect(await findApiKey(app.apiKey)).toBeNull();
    expect(await db().user.count({ where: { appId: app.id } })).toBe(500);
    expect(await removeDeletedApps()).toBe(1);
    expect(await db().app.count({ where: { id: app.id } })).toBe(0);
  });

  it("rejects deleting the app of the developers", async () => {
    await expect(deleteApp("app_foyer", by)).rejects.toMatchObject({ status: 403 });
  });
});
