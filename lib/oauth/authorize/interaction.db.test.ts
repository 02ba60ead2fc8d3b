/** Interactions: their IDs, and their binding to a browser. */
import { describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { someApp } from "@/test/support/factories";
import { createInteraction, findInteraction, newBrowserSecret } from "./interaction";

describe("an interaction", () => {
  it("has an ID with its own prefix", async () => {
    const { id: appId } = await someApp();
    expect(await createInteraction(appId, null, "", newBrowserSecret())).toMatch(/^int_[0-9a-z]{26}$/);
  });

  it("is found by an ID with the earlier prefix until it expires", async () => {
    const { id: appId } = await someApp();
    const browser = newBrowserSecret();
    const id = await createInteraction(appId, null, "", browser);
    const earlier = id.replace("int_", "req_");
    const where = { appId_id: { appId, id } };
    await db().authorizationRequest.update({ where, data: { id: earlier } });
    expect(await findInteraction(appId, earlier, browser)).toMatchObject({ id: earlier });
    await db().authorizationRequest.updateMany({ where: { appId, id: earlier }, data: { expiresAt: new Date(0) } });
    expect(await findInteraction(appId, earlier, browser)).toBeNull();
  });

  it("is not found by another browser", async () => {
    const { id: appId } = await someApp();
    const id = await createInteraction(appId, null, "", newBrowserSecret());
    expect(await findInteraction(appId, id, newBrowserSecret())).toBeNull();
  });
});
