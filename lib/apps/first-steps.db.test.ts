import { beforeAll, expect, it } from "vitest";
import { now } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { TENANT_ZERO } from "@/lib/ids";
import { someApp, someDeveloper, someSession, type TestApp } from "@/test/support/factories";
import { someClient } from "@/test/support/oauth";
import { getApp } from "./apps";
import { findDoneSteps } from "./first-steps";
import { addMember } from "./members";
import { updateApp } from "./update";

const OPERATOR = { type: "operator" } as const;

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

const done = async (of: TestApp = app) => [...(await findDoneSteps(await getApp(of.id), of.ownerId))];

it("finds no step done for a new app", async () => {
  expect(await done()).toEqual([]);
});

it("finds each step done once the data says so, in its order", async () => {
  const neighbor = await someApp();
  await someSession(app.id);
  expect(await done()).toEqual(["user"]);
  await updateApp(app.id, { settings: { return_urls: ["https://blog.example/signed-in"] } }, OPERATOR);
  await someClient(app);
  await someClient(app);
  expect(await done()).toEqual(["user", "return_url", "application"]);
  const where = { appId_id: { appId: TENANT_ZERO, id: app.ownerId } };
  await db().user.update({ where, data: { emailVerifiedAt: now() } });
  await addMember(app.id, (await someDeveloper()).id, "viewer", OPERATOR);
  expect(await done()).toEqual(["user", "return_url", "application", "verified", "team"]);
  expect(await done(neighbor)).toEqual([]);
});
