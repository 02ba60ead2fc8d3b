/** The email about a sign-in on a new device or from a new network. */
import { beforeAll, describe, expect, it } from "vitest";
import { updateApp } from "@/lib/apps/update";
import { db } from "@/lib/database/client";
import { networkOf } from "@/lib/signin/network";
import { logIn } from "@/test/support/account";
import { someApp, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import { Browser, interactionOf, OPERATOR } from "@/test/support/oauth";
import { isNewDevice } from "./new-device-email";

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
const NEWER_FIREFOX = FIREFOX.replaceAll("145.0", "146.0");
const SAFARI =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15";

describe("isNewDevice", () => {
  const before = [{ userAgent: FIREFOX, ip: "192.0.2.1" }];
  it.each([
    ["the same browser and network", { userAgent: FIREFOX, ip: "192.0.2.1" }, false],
    ["a newer version of it", { userAgent: NEWER_FIREFOX, ip: "192.0.2.1" }, false],
    ["another address of the same network", { userAgent: FIREFOX, ip: "192.0.77.9" }, false],
    ["another browser", { userAgent: SAFARI, ip: "192.0.2.1" }, true],
    ["another network", { userAgent: FIREFOX, ip: "203.0.113.1" }, true],
    ["a browser without a user agent", { userAgent: null, ip: "192.0.2.1" }, true],
  ])("for %s", (_, present, expected) => expect(isNewDevice(present, before)).toBe(expected));

  it.each([
    ["192.0.2.1", "192.0"],
    ["::ffff:192.0.2.1", "192.0"],
    ["2001:db8:1:2::7", "2001.db8"],
    [null, "unknown"],
  ])("compares the network of %s", (ip, network) => expect(networkOf(ip)).toBe(network));
});

describe("a sign-in at the hosted pages", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await someApp("Photo Blog");
  });

  function warnings(email: string, appId = app.id) {
    return db().mail.count({ where: { appId, toCanonical: email, template: "new_sign_in" } });
  }

  async function come(browser: Browser, registered = true): Promise<void> {
    const interaction = interactionOf(await browser.open(`/o/${browser.app.id}/account/start`));
    if (registered) await browser.signIn(interaction);
    else await browser.signUp(interaction);
  }

  it("sends an email from a new network, but not at sign-up or from the same one", async () => {
    const bob = new Browser(app);
    await come(bob, false);
    await come(bob);
    expect(await warnings(bob.email)).toBe(0);
    const elsewhere = new Browser(app, bob.email);
    Object.assign(elsewhere, { ip: "203.0.113.5" });
    await come(elsewhere);
    expect(await warnings(bob.email)).toBe(1);
    const { content } = await lastMail(bob.email);
    expect(content.text).toContain("203.0.113.5");
    expect(content.text).toContain("password");
    expect(content.links).toEqual([`${app.issuer}/account/start`]);
    await come(elsewhere);
    expect(await warnings(bob.email)).toBe(1);
  });

  it("sends no email for a failed sign-in, for one by API, or if the app has disabled it", async () => {
    const bob = new Browser(app);
    await come(bob, false);
    const attacker = new Browser(app, bob.email);
    Object.assign(attacker, { ip: "203.0.113.6" });
    const interaction = interactionOf(await attacker.open(`/o/${app.id}/account/start`));
    await attacker.signIn(interaction, "wrong horse");
    await logIn(app, bob.email);
    expect(await warnings(bob.email)).toBe(0);
    const quiet = await someApp();
    await updateApp(quiet.id, { settings: { mail_new_sign_in: false } }, OPERATOR);
    const carol = new Browser(quiet);
    await come(carol, false);
    const elsewhere = new Browser(quiet, carol.email);
    Object.assign(elsewhere, { ip: "203.0.113.7" });
    await come(elsewhere);
    expect(await warnings(carol.email, quiet.id)).toBe(0);
  });

  it("sends an email for the first browser of a user who only signed in by API before", async () => {
    const { someSession } = await import("@/test/support/factories");
    const { email } = await someSession(app.id);
    await come(new Browser(app, email));
    expect(await warnings(email)).toBe(1);
  });
});
