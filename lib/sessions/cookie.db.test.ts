import { describe, expect, it } from "vitest";
import { emailAddress, SOME_PASSWORD, someApp, someEmail } from "@/test/support/factories";
import { admitted, someBrowser } from "@/test/support/sign-in";
import { getApp } from "../apps/apps";
import { db } from "../database/client";
import { signUpWithBrowser } from "../signin/sign-up";
import { findHostedSession, writeSessionCookie } from "./cookie";

async function someCookie(appId: string) {
  const input = { email: emailAddress(someEmail()), password: SOME_PASSWORD, name: null };
  const signedIn = admitted(await signUpWithBrowser(await getApp(appId), input, someBrowser()));
  return {
    cookie: writeSessionCookie(signedIn.sessionId, signedIn.cookieSecret),
    where: { appId_id: { appId, id: signedIn.sessionId } },
  };
}

describe("the session cookie of the hosted pages", () => {
  it("is valid in its own app only, and only with its secret", async () => {
    const [app, neighbor] = [await someApp(), await someApp()];
    const { cookie } = await someCookie(app.id);
    expect(await findHostedSession(app.id, cookie)).toMatchObject({ amr: ["pwd"] });
    expect(await findHostedSession(neighbor.id, cookie)).toBeNull();
    expect(await findHostedSession(app.id, cookie.slice(0, -2) + (cookie.endsWith("AA") ? "BB" : "AA"))).toBeNull();
    expect(await findHostedSession(app.id, undefined)).toBeNull();
  });

  it("extends the idle expiry of its session on use, but never past the maximum lifetime", async () => {
    const app = await someApp();
    const { cookie, where } = await someCookie(app.id);
    const hour = 3600_000;
    const at = Date.now();
    const data = {
      lastSeenAt: new Date(at - 2 * hour),
      idleExpiresAt: new Date(at + hour),
      expiresAt: new Date(at + 9 * hour),
    };
    await db().session.update({ where, data });
    await findHostedSession(app.id, cookie);
    const seen = await db().session.findUniqueOrThrow({ where });
    expect(Math.abs(seen.lastSeenAt.getTime() - at)).toBeLessThan(30_000);
    expect(Math.abs(seen.idleExpiresAt.getTime() - (at + 3 * hour))).toBeLessThan(30_000);
    await db().session.update({ where, data: { ...data, expiresAt: new Date(at + 2 * hour) } });
    await findHostedSession(app.id, cookie);
    expect((await db().session.findUniqueOrThrow({ where })).idleExpiresAt.getTime()).toBe(at + 2 * hour);
  });

  it("is rejected if its session is idle too long or revoked, or if its user is disabled", async () => {
    const app = await someApp();
    for (const data of [
      { idleExpiresAt: new Date(0) },
      { revokedAt: new Date() },
      { user: { update: { disabledAt: new Date() } } },
    ]) {
      const { cookie, where } = await someCookie(app.id);
      await db().session.update({ where, data });
      expect(await findHostedSession(app.id, cookie)).toBeNull();
    }
  });
});
