import { beforeAll, describe, expect, it } from "vitest";
import { POST } from "@/app/api/auth/exchange/[app_id]/route";
import { call } from "@/test/support/call";
import { someApp, someSession, type TestApp } from "@/test/support/factories";
import { returned, someBrowser } from "@/test/support/sign-in";
import { getApp } from "../apps/apps";
import { freezeClock, now } from "../clock";
import { db } from "../database/client";
import { USER_FIELDS } from "../users/user-views";
import type { Proof } from "./complete";
import { type Delivery, deliverSignIn } from "./delivery";

let app: TestApp;
let otherApp: TestApp;
let userId: string;
beforeAll(async () => {
  [app, otherApp] = await Promise.all([someApp(), someApp("Other app")]);
  userId = (await someSession(app.id)).userId;
});

async function arrive(delivery: Delivery, state?: string) {
  const key = { appId_id: { appId: app.id, id: userId } };
  const user = await db().user.findUniqueOrThrow({ where: key, select: USER_FIELDS });
  const identify = async () => ({ user, method: "github", amr: ["fed"] });
  const proof: Proof = { by: { type: "user", id: userId }, identify };
  const to = { redirectUri: "https://blog.example.com/in", state, delivery };
  return returned(await deliverSignIn(await getApp(app.id), proof, to, someBrowser()));
}

function exchange(code: unknown, at = app) {
  return call(POST, { params: { app_id: at.id }, bearer: at.apiKey, body: { code } });
}

describe("delivery by query and fragment", () => {
  it.each(["query", "fragment"] as const)(
    "by %s returns a token for five minutes, and the caller's state",
    async (delivery) => {
      const { place, parameters } = await arrive(delivery, "st ate");
      expect(place).toBe(delivery);
      expect(parameters).toEqual({ token: expect.any(String), state: "st ate" });
      const claims = JSON.parse(Buffer.from(parameters.token?.split(".")[1] ?? "", "base64url").toString());
      expect(claims.exp - claims.iat).toBe(300);
      expect(claims).toMatchObject({ aud: app.id, sub: userId });
    },
  );

  it("adds no state if the caller sent none", async () => {
    expect(Object.keys((await arrive("query")).parameters)).toEqual(["token"]);
  });
});

describe("delivery by code", () => {
  it("exchanges the code for a session of the user", async () => {
    const { place, parameters } = await arrive("code");
    expect(place).toBe("query");
    const { status, body } = await exchange(parameters.code);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: "Bearer", expires_in: 900, user: { id: userId } });
    const events = await db().auditEvent.findMany({ where: { appId: app.id, type: "user.signed_in", userId } });
    expect(events.map(({ explanation }) => explanation)).toContainEqual({ method: "github" });
  });

  it("exchanges a code once: a replay gets 400, and one of twenty at once gets a session", async () => {
    const { parameters } = await arrive("code");
    const all = await Promise.all(Array.from({ length: 20 }, () => exchange(parameters.code)));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(all.filter(({ status, body }) => status === 400 && body.error === "invalid_code")).toHaveLength(19);
  });

  it("rejects a code of another app, and the code stays valid", async () => {
    const { parameters } = await arrive("code");
    expect((await exchange(parameters.code, otherApp)).status).toBe(400);
    expect((await exchange(parameters.code)).status).toBe(200);
  });

  it("rejects a code after a minute", async () => {
    const { parameters } = await arrive("code");
    freezeClock(new Date(now().getTime() + 61_000));
    expect((await exchange(parameters.code)).status).toBe(400);
  });

  it.each([undefined, "", 7, "x".repeat(200), "a\0b", ["a"]])(
    "rejects %j with a 400 that names the field",
    async (code) => {
      expect(await exchange(code)).toMatchObject({ status: 400, body: { fields: { code: expect.any(String) } } });
    },
  );

  it("requires the API key", async () => {
    expect((await call(POST, { params: { app_id: app.id }, body: { code: "x" } })).status).toBe(401);
  });

  it("rejects a code whose user was disabled in the meantime", async () => {
    const { parameters } = await arrive("code");
    const where = { appId_id: { appId: app.id, id: userId } };
    await db().user.update({ where, data: { disabledAt: now() } });
    expect(await exchange(parameters.code)).toMatchObject({ status: 403, body: { error: "user_disabled" } });
    await db().user.update({ where, data: { disabledAt: null } });
    expect((await exchange(parameters.code)).status).toBe(200);
  });
});
