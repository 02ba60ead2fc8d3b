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

  it("are checked in the database: 404 for another developer, 403 for a lower role", async () => {
    const app = await someApp();
    const [viewer, stranger] = [await someDeveloper(), await someDeveloper()];
    await addMember(app.id, viewer.id, "viewer", by);
    expect(await requireRole(app.id, app.ownerId, "owner")).toBe("owner");
    expect(await requireRole(app.id, viewer.id, "viewer")).toBe("viewer");
    await expect(requireRole(app.id, viewer.id, "admin")).rejects.toMatchObject({ status: 403, code: "role_too_low" });
    await expect(requireRole(app.id, stranger.id, "viewer")).rejects.toMatchObject({ status: 404 });
    await expect(requireRole((await someApp()).id, app.ownerId, "viewer")).rejects.toMatchObject({ status: 404 });
  });

  it("have no effect for a disabled developer", async () => {
    const app = await someApp();
    await db().user.update({
      where: { appId_id: { appId: "app_foyer", id: app.ownerId } },
      data: { disabledAt: new Date() },
    });
    await expect(requireRole(app.id, app.ownerId, "viewer")).rejects.toMatchObject({ status: 404 });
  });
});

describe("the last owner of an app", () => {
  it("cannot be removed or demoted", async () => {
    const app = await someApp();
    await expect(removeMember(app.id, app.ownerId, by)).rejects.toMatchObject({ status: 409, code: "last_owner" });
    await expect(changeRole(app.id, app.ownerId, "admin", by)).rejects.toMatchObject({
      status: 409,
      code: "last_owner",
    });
  });

  it("remains if two owners leave at once", async () => {
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

it("addMember rejects a second membership, an unknown app and an unknown developer", async () => {
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
