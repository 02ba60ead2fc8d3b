import { describe, expect, it } from "vitest";
import { someApp, someDeveloper } from "@/test/support/factories";
import { db } from "../database/client";
import { addMember, changeRole, includesRole, listMembers, removeMember, requireRole } from "./members";

const by = { type: "operator" } as const;

describe("roles", () => {
  it.each([
    ["owner", "owner", true],
    ["owner", "viewer", true],
    ["admin", "owner", false],
    ["admin", "viewer", true],
    ["viewer", "admin", false],
  ] as const)("%s includes %s: %s", (has, needed, included) => expect(includesRole(has, needed)).toBe(included));

  it("are asked of the database: 404 for a stranger, 403 for one who may do less", async () => {
    const app = await someApp();
    const [viewer, stranger] = [await someDeveloper(), await someDeveloper()];
    await addMember(app.id, viewer.id, "viewer", by);
    expect(await requireRole(app.id, app.ownerId, "owner")).toBe("owner");
    expect(await requireRole(app.id, viewer.id, "viewer")).toBe("viewer");
    await expect(requireRole(app.id, viewer.id, "admin")).rejects.toMatchObject({ status: 403, code: "role_too_low" });
    await expect(requireRole(app.id, stranger.id, "viewer")).rejects.toMatchObject({ status: 404 });
    await expect(requireRole((await someApp()).id, app.ownerId, "viewer")).rejects.toMatchObject({ status: 404 });
  });

  it("end when the developer is disabled", async () => {
    const app = await someApp();
    await db().user.update({
      where: { appId_id: { appId: "app_foyer", id: app.ownerId } },
      data: { disabledAt: new Date() },
    });
    await expect(requireRole(app.id, app.ownerId, "viewer")).rejects.toMatchObject({ status: 404 });
  });
});

describe("an App keeps an owner", () => {
  it("refuses to remove or demote the last one", async () => {
    const app = await someApp();
    await expect(removeMember(app.id, app.ownerId, by)).rejects.toMatchObject({ status: 409, code: "last_owner" });
    await expect(changeRole(app.id, app.ownerId, "admin", by)).rejects.toMatchObject({
      status: 409,
      code: "last_owner",
    });
  });

  it("also when two owners leave at once", async () => {
    for (let round = 0; round < 10; round++) {
      const app = await someApp();
      const second = await someDeveloper();
      await addMember(app.id, second.id, "owner", by);
      const left = await Promise.allSettled([
        removeMember(app.id, app.ownerId, by),
        removeMember(app.id, second.id, by),
      ]);
      expect(left.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await listMembers(app.id)).toMatchObject([{ role: "owner" }]);
    }
  });
});

it("adds nobody twice, and only to Apps and developers that exist", async () => {
  const app = await someApp();
  const second = await someDeveloper();
  await addMember(app.id, second.id, "admin", by);
  await expect(addMember(app.id, second.id, "viewer", by)).rejects.toMatchObject({
    status: 409,
    code: "member_exists",
  });
  await expect(addMember("app_doesnotexist", second.id, "viewer", by)).rejects.toMatchObject({ status: 404 });
  expect((await db().auditEvent.findMany({ where: { appId: app.id, type: "member.added" } })).length).toBe(1);
});
