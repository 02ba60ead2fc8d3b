import { beforeAll, describe, expect, it } from "vitest";
import { emailAddress, SOME_PASSWORD, someEmail } from "@/test/support/factories";
import { OPERATOR, randomText } from "@/test/support/oauth";
import { someBrowser } from "@/test/support/sign-in";
import { type App, getApp } from "../apps/apps";
import { freezeClock, now } from "../clock";
import { db, transaction } from "../database/client";
import { addFactor } from "../factors/factor";
import { TENANT_ZERO } from "../ids";
import { USER_FIELDS } from "../users/user-views";
import { issueDashboardEntry, redeemDashboardEntry } from "./dashboard-entry";
import { signUpWithBrowser } from "./sign-up";

let app: App;
beforeAll(async () => {
  app = await getApp(TENANT_ZERO);
});

async function someEntry(amr: string[] = ["pwd", "otp", "mfa"]) {
  const email = someEmail();
  await signUpWithBrowser(app, { email: emailAddress(email), password: SOME_PASSWORD, name: null }, someBrowser());
  const user = await db().user.findFirstOrThrow({ where: { appId: app.id, email }, select: USER_FIELDS });
  const cookie = randomText();
  const browser = someBrowser(cookie);
  const proof = { by: OPERATOR, identify: async () => ({ user, method: "password", amr }) };
  return { user, cookie, browser, secret: await issueDashboardEntry(app, proof, browser) };
}

describe("the entry to the dashboard", () => {
  it("signs the developer in with both factors, in the browser of the second one", async () => {
    const { user, cookie, browser, secret } = await someEntry();
    const signIn = await redeemDashboardEntry(app, secret, cookie, browser);
    const where = { appId_id: { appId: app.id, id: signIn.sessionId } };
    expect(await db().session.findUniqueOrThrow({ where })).toMatchObject({
      userId: user.id,
      kind: "browser",
      acr: "2",
      amr: ["pwd", "otp", "mfa"],
    });
  });

  it("is worth nothing in another browser, and stays unused there", async () => {
    const { cookie, browser, secret } = await someEntry();
    for (const other of ["", randomText()])
      await expect(redeemDashboardEntry(app, secret, other, someBrowser(other))).rejects.toMatchObject({ status: 400 });
    expect((await redeemDashboardEntry(app, secret, cookie, browser)).type).toBe("signed_in");
  });

  it("works once, also twenty times at once, and for a minute", async () => {
    const { cookie, browser, secret } = await someEntry();
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, () => redeemDashboardEntry(app, secret, cookie, browser)),
    );
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const late = await someEntry();
    const start = now().getTime();
    freezeClock(new Date(start + 61_000));
    await expect(redeemDashboardEntry(app, late.secret, late.cookie, late.browser)).rejects.toMatchObject({
      status: 400,
    });
    freezeClock(null);
  });

  it("doesn't skip a factor that was added meanwhile", async () => {
    const { user, cookie, browser, secret } = await someEntry(["pwd"]);
    await transaction((tx) => addFactor(tx, app, { userId: user.id, by: OPERATOR }, { type: "totp" }));
    await expect(redeemDashboardEntry(app, secret, cookie, browser)).rejects.toMatchObject({ status: 400 });
  });
});
