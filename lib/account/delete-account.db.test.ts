/** Account deletion: of a user with all stored data, and of a developer, who may be the last owner of an app. */
import { beforeEach, describe, expect, it } from "vitest";
import {
  emailAddress,
  SOME_PASSWORD,
  someApp,
  someDeveloper,
  someEmail,
  someSession,
  type TestApp,
} from "@/test/support/factories";
import { type App, getApp } from "../apps/apps";
import { addMember, changeRole, listAppsOwnedAlone, listMembers } from "../apps/members";
import { db } from "../database/client";
import { TENANT_ZERO } from "../ids";
import { sendMagicLink } from "../signin/send-magic-link";
import { deleteAccount } from "./delete-account";
import { requestPasswordReset } from "./forgot-password";

const OPERATOR = { type: "operator" } as const;

describe("a user", () => {
  it("is deleted with all emails and links, also those without a user ID; those of another app stay", async () => {
    const [app, otherApp] = [await getApp((await someApp()).id), await getApp((await someApp()).id)];
    const email = someEmail();
    const users = new Map<App, string>();
    for (const each of [app, otherApp]) {
      users.set(each, (await someSession(each.id, email)).userId);
      await requestPasswordReset(each, emailAddress(email), { type: "key" });
      await sendMagicLink(each, { email: emailAddress(email) }, { type: "key" });
    }
    const kept = async ({ id: appId }: App) => [
      await db().mail.count({ where: { appId, toCanonical: email } }),
      await db().oneTimeToken.count({ where: { appId, email } }),
    ];
    expect(await kept(app)).toEqual([3, 3]);
    const self = { userId: users.get(app) ?? "", sessionId: "" };
    await deleteAccount(app, self, SOME_PASSWORD);
    expect(await kept(app)).toEqual([0, 0]);
    expect(await kept(otherApp)).toEqual([3, 3]);
  });
});

describe("a developer", () => {
  let foyer: App;
  let app: TestApp;
  let alice: { userId: string; sessionId: string };
  beforeEach(async () => {
    foyer = await getApp(TENANT_ZERO);
    app = await someApp("Photo Blog");
    alice = { userId: app.ownerId, sessionId: "" };
  });
  const close = (self = alice, password = SOME_PASSWORD) => deleteAccount(foyer, self, password);
  const exists = async (id: string) => (await db().user.count({ where: { appId: TENANT_ZERO, id } })) === 1;

  it("gets a 409 that names the apps without another owner; admins don't count", async () => {
    const bob = await someDeveloper();
    await addMember(app.id, bob.id, "admin", OPERATOR);
    const refusal = { status: 409, code: "last_owner", message: expect.stringContaining("Photo Blog") };
    await expect(close()).rejects.toMatchObject(refusal);
    expect(await listAppsOwnedAlone(alice.userId)).toEqual([{ id: app.id, name: "Photo Blog" }]);
    expect(await exists(alice.userId)).toBe(true);
    expect(await listMembers(app.id)).toHaveLength(2);
  });

  it("leaves apps that have another owner, with an event in each, and loses all sessions", async () => {
    const bob = await someDeveloper();
    await addMember(app.id, bob.id, "owner", OPERATOR);
    const bobs = await someApp("Bob's");
    await addMember(bobs.id, alice.userId, "viewer", OPERATOR);
    await expect(close(alice, "not the password")).rejects.toMatchObject({ status: 400 });
    await close();
    expect(await exists(alice.userId)).toBe(false);
    expect((await listMembers(app.id)).map(({ developer_id }) => developer_id)).toEqual([bob.id]);
    const trail = { type: "member.removed", actorId: alice.userId };
    for (const { id: appId } of [app, bobs])
      expect(await db().auditEvent.count({ where: { appId, ...trail } })).toBe(1);
    const deleted = { appId: TENANT_ZERO, type: "user.deleted", userId: alice.userId };
    expect(await db().auditEvent.count({ where: deleted })).toBe(1);
    expect(await db().session.count({ where: { appId: TENANT_ZERO, userId: alice.userId } })).toBe(0);
  });

  it("can't be deleted at the same time as the only other owner leaves or steps down", async () => {
    for (const other of ["goes", "steps down"] as const) {
      const shared = await someApp(`Shared by who ${other}`);
      const bob = await someDeveloper();
      await addMember(shared.id, bob.id, "owner", OPERATOR);
      const second = () =>
        other === "goes"
          ? close({ userId: bob.id, sessionId: "" })
          : changeRole(shared.id, bob.id, "viewer", { type: "developer", id: bob.id });
      const results = await Promise.allSettled([close({ userId: shared.ownerId, sessionId: "" }), second()]);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(results.find((one) => one.status === "rejected")?.reason).toMatchObject({ code: "last_owner" });
      const owners = await db().appMember.count({ where: { appId: shared.id, role: "owner" } });
      expect(owners).toBe(1);
    }
  });
});
