import { beforeAll, expect, it } from "vitest";
import { getApp } from "@/lib/apps/apps";
import { db, transaction } from "@/lib/database/client";
import { addFactor } from "@/lib/factors/factor";
import { someApp, someSession, type TestApp } from "@/test/support/factories";
import { OPERATOR } from "@/test/support/oauth";
import { parseCommand } from "../parse";
import { loadCommands } from "./list";

let app: TestApp;
let user: { userId: string; email: string };
beforeAll(async () => {
  app = await someApp();
  user = await someSession(app.id);
  const change = { userId: user.userId, by: OPERATOR };
  await transaction(async (tx) => addFactor(tx, await getApp(app.id), change, { type: "totp", name: "Phone" }));
  await transaction(async (tx) => addFactor(tx, await getApp(app.id), change, { type: "passkey" }));
});

// biome-ignore lint/suspicious/noExplicitAny: commands return different objects
async function run(name: string, args: string[]): Promise<any> {
  const { command, flags } = parseCommand(await loadCommands("factors"), ["factors", name, ...args]);
  return command.run(flags);
}

it("lists and resets the factors of a user, by ID or email address, in their own app only", async () => {
  const of = ["--app", app.id, "--user", user.email];
  const { data } = await run("list", of);
  expect(data).toMatchObject([{ type: "totp", name: "Phone" }, { type: "passkey" }]);
  const neighbor = ["--app", (await someApp()).id, "--user", user.userId];
  for (const command of ["list", "reset"]) await expect(run(command, neighbor)).rejects.toThrow("not found");

  await run("reset", [...of, "--factor", data[1].id]);
  expect((await run("list", of)).data).toMatchObject([{ type: "totp" }]);
  await run("reset", of);
  expect((await run("list", of)).data).toEqual([]);
  expect(await db().recoveryCode.count({ where: { appId: app.id, userId: user.userId } })).toBe(0);
  const events = await db().auditEvent.findMany({ where: { appId: app.id, actorType: "operator" } });
  expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(["user.factor_removed", "user.factors_reset"]));
});
