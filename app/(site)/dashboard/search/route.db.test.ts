import { beforeAll, describe, expect, it } from "vitest";
import { addMember } from "@/lib/apps/members";
import { createClient } from "@/lib/oauth/clients/clients";
import { call } from "@/test/support/call";
import { asDeveloper } from "@/test/support/dashboard-cookie";
import { someApp, someDeveloper, someSession, type TestApp } from "@/test/support/factories";
import type { HitGroup } from "./hit";
import { GET } from "./route";

let app: TestApp;
let cookie: string;
beforeAll(async () => {
  app = await someApp();
  ({ cookie } = await asDeveloper(app.ownerId));
});

function ask(query: Record<string, string>, headers: { cookie?: string } = { cookie }) {
  return call(GET, { params: {}, headers, path: `/dashboard/search?${new URLSearchParams(query)}` });
}

async function search(query: Record<string, string>, headers?: { cookie?: string }): Promise<Record<string, string[]>> {
  const answer = await ask(query, headers);
  expect(answer.status).toBe(200);
  const { groups } = answer.body as { groups: HitGroup[] };
  return Object.fromEntries(groups.map(({ title, hits }) => [title, hits.map(({ href }) => href)]));
}

describe("the search of the dashboard", () => {
  const path = () => `/dashboard/apps/${app.id}`;

  it("shows the pages of the app before anything is typed", async () => {
    const found = await search({ app: app.id });
    expect(found.Pages).toEqual(expect.arrayContaining([path(), `${path()}/events`, `${path()}/signing-keys`]));
  });

  it("finds pages by the starts of words, also of their section", async () => {
    expect((await search({ app: app.id, q: "sign k" })).Pages).toEqual([`${path()}/signing-keys`]);
    expect((await search({ app: app.id, q: "DEVEL" })).Pages).toContain(`${path()}/playground`);
  });

  it("finds users, events by type and by ID, and documentation", async () => {
    const user = await someSession(app.id);
    expect((await search({ app: app.id, q: user.email })).Users).toEqual([`${path()}/users/${user.userId}`]);
    expect((await search({ app: app.id, q: "user.banned disabled" })).Users).toBeUndefined();
    expect((await search({ app: app.id, q: "user.signed_up" })).Events).toContain(
      `${path()}/events?type=user.signed_up`,
    );
    expect((await search({ app: app.id, q: user.userId })).Events).toEqual([`${path()}/events?q=${user.userId}`]);
    expect((await search({ q: "passkeys" })).Documentation).toContain("/docs/passkeys");
  });

  it("finds an application by its name and by its whole ID, but not that of another app", async () => {
    const by = { type: "operator" } as const;
    const prints = { client_name: "Photo prints", redirect_uris: ["https://prints.example/back"] };
    const { client_id: id } = await createClient(app.id, prints, by);
    const neighbor = await someApp();
    const { client_id: other } = await createClient(neighbor.id, prints, by);
    expect((await search({ app: app.id, q: "photo p" })).Applications).toEqual([`${path()}/clients/${id}`]);
    expect((await search({ app: app.id, q: id })).Applications).toEqual([`${path()}/clients/${id}`]);
    expect((await search({ app: app.id, q: other })).Applications).toBeUndefined();
  });

  it("finds what the member can do", async () => {
    expect((await search({ app: app.id, q: "create key" })).Actions).toEqual([`${path()}/keys`]);
    expect((await search({ app: app.id, q: "application web server yours" })).Actions).toEqual([
      `${path()}/clients/new?owner=own&type=web`,
    ]);
  });

  it("finds for a viewer, too", async () => {
    const { id: viewer } = await someDeveloper();
    await addMember(app.id, viewer, "viewer", { type: "operator" });
    const { cookie: own } = await asDeveloper(viewer);
    expect((await search({ app: app.id, q: "events" }, { cookie: own })).Pages).toEqual([`${path()}/events`]);
    expect((await search({ app: app.id, q: "create" }, { cookie: own })).Actions).toBeUndefined();
  });
});

describe("rejects", () => {
  it("a caller without a session with 401", async () => {
    expect((await ask({ app: app.id }, {})).status).toBe(401);
  });

  it("an app of other developers with 404, and never lists it", async () => {
    const neighbor = await someApp();
    const user = await someSession(neighbor.id);
    expect((await ask({ app: neighbor.id, q: user.email })).status).toBe(404);
    expect((await search({ q: neighbor.id })).Apps).toBeUndefined();
    expect((await search({ app: app.id, q: user.email })).Users).toBeUndefined();
  });

  it("the dashboard's own app with 404", async () => {
    expect((await ask({ app: "app_foyer", q: "a" })).status).toBe(404);
  });
});
