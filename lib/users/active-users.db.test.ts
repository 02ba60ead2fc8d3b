import { beforeAll, expect, it } from "vitest";
import { now } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { newId } from "@/lib/ids";
import { someApp, type TestApp } from "@/test/support/factories";
import { countActiveUsers } from "./active-users";

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

async function addUser(appId: string, hoursAgo: number | null, rest: object = {}): Promise<void> {
  const lastSignInAt = hoursAgo === null ? null : new Date(now().getTime() - hoursAgo * 3_600_000);
  await db().user.create({ data: { appId, id: newId("usr"), lastSignInAt, ...rest } });
}

it("counts users of every kind by their last sign-in", async () => {
  await addUser(app.id, 1);
  await addUser(app.id, 23, { passwordHash: "x", emailVerifiedAt: now() });
  await addUser(app.id, 25, { disabledAt: now() });
  await addUser(app.id, 24 * 7 + 1, { factors: ["totp"] });
  await addUser(app.id, 24 * 31);
  await addUser(app.id, null);
  expect(await countActiveUsers(app.id)).toEqual({ day: 2, week: 3, month: 4 });
});

it("doesn't count the users of a neighbor app", async () => {
  const neighbor = await someApp();
  await addUser(neighbor.id, 1);
  expect((await countActiveUsers(app.id)).day).toBe(2);
  expect((await countActiveUsers(neighbor.id)).day).toBe(1);
});
