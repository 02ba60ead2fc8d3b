/**
 * Two independent client libraries, configured with the issuer alone, and a user in the browser: discovery,
 * PKCE, state, nonce, code, userinfo, refresh, introspection, revocation, sign-out.
 */
import type { Page } from "playwright/test";
import { manage, type TestApp } from "../support/app";
import { expect, test } from "../support/fixtures";
import { fillCredentials } from "../support/hosted";
import { newAddress, newEmail } from "../support/people";
import { type Connect, type Site, startSite, type Tokens } from "../support/relying-party";
import { connectByOauth4webapi } from "../support/relying-party-oauth4webapi";
import { connectByOpenidClient } from "../support/relying-party-openid-client";

const LIBRARIES: [string, Connect][] = [
  ["oauth4webapi", connectByOauth4webapi],
  ["openid-client", connectByOpenidClient],
];
const TYPES = ["confidential", "public"] as const;

async function registerSite(app: TestApp, connect: Connect, type: (typeof TYPES)[number]): Promise<Site> {
  const site = await startSite();
  const { redirectUri, goodbyeUri } = site;
  const client = await manage(app, "POST", "/clients", {
    client_name: "SuperPhotoPrints",
    redirect_uris: [redirectUri],
    post_logout_redirect_uris: [goodbyeUri],
    ...(type === "public" ? { public: true } : {}),
  });
  const { client_id: clientId, client_secret: clientSecret = undefined } = client;
  expect(clientSecret === undefined).toBe(type === "public");
  site.connection = await connect({ issuer: app.issuer, clientId, clientSecret, redirectUri, goodbyeUri });
  return site;
}

/** Signs up on the way from the site to the app, and allows everything. → the email address */
async function signUpAndAllow(page: Page, site: Site): Promise<string> {
  const email = newEmail();
  await page.goto(`${site.url}/login`);
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.waitForURL("**/signup?**");
  await fillCredentials(page, email);
  await page.getByRole("button", { name: "Create account" }).click();
  await allow(page);
  return email;
}

async function allow(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Allow" }).click();
  await expectSignedIn(page);
}

async function expectSignedIn(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { name: "Signed in" })).toBeVisible();
}

function tokensOf(site: Site): Tokens {
  if (!site.tokens) throw new Error(`The site got no tokens: ${site.error}`);
  return site.tokens;
}

// The tests of a client are the steps of one story, in this order.
for (const [library, connect] of LIBRARIES)
  for (const type of TYPES)
    test.describe
      .serial(`${library} as a ${type} client`, () => {
        let app: TestApp;
        let site: Site;
        let page: Page;
        let email: string;
        test.beforeAll(async ({ createApp, browser }) => {
          app = await createApp();
          site = await registerSite(app, connect, type);
          // This page is used by all steps. The confidential client's user has JavaScript, the public client's has not.
          const extraHTTPHeaders = { "x-forwarded-for": newAddress() };
          const context = await browser.newContext({ extraHTTPHeaders, javaScriptEnabled: type === "confidential" });
          page = await context.newPage();
          email = await signUpAndAllow(page, site);
        });
        test.afterAll(() => page.context().close());

        /** The redirect URI is a loopback address, so only a client with a secret is remembered. */
        const allowAgain = () => (type === "public" ? allow(page) : expectSignedIn(page));

        const connection = () => site.connection as NonNullable<Site["connection"]>;

        test("gets verified tokens for the user who signed up", async () => {
          const tokens = tokensOf(site);
          expect(tokens.scope).toBe("openid profile email offline_access");
          expect(tokens.claims).toMatchObject({ iss: app.issuer, email, acr: "1", amr: ["pwd"] });
          expect(await connection().userinfo(tokens)).toMatchObject({ sub: tokens.claims.sub, email });
        });

        test(`refreshes its tokens; the refresh token ${type === "public" ? "rotates" : "stays the same"}`, async () => {
          const before = tokensOf(site);
          const after = await connection().refresh(before);
          expect(after.accessToken).not.toBe(before.accessToken);
          expect(after.refreshToken !== before.refreshToken).toBe(type === "public");
          expect(after.claims.sub).toBe(before.claims.sub);
          expect(await connection().userinfo(after)).toMatchObject({ email });
          site.tokens = { ...after, idToken: after.idToken ?? before.idToken };
        });

        test(`${type === "public" ? "may not introspect" : "introspects"} its token (RFC 7662 §2.1)`, async () => {
          const tokens = tokensOf(site);
          if (type === "public") return expect(connection().introspect(tokens.accessToken)).rejects.toThrow();
          const facts = { active: true, sub: tokens.claims.sub, iss: app.issuer, token_type: "Bearer" };
          expect(await connection().introspect(tokens.accessToken)).toMatchObject(facts);
        });

        test(`signs the same user in again, ${type === "public" ? "who confirms the loopback redirect URI" : "without a page"}`, async () => {
          const { sub } = tokensOf(site).claims;
          await page.goto(`${site.url}/login`);
          await allowAgain();
          expect(tokensOf(site).claims.sub).toBe(sub);
        });

        test("gets access_denied when the user denies (RFC 6749 §4.1.2.1)", async () => {
          const before = site.tokens;
          await page.goto(`${site.url}/login?prompt=consent`);
          await page.getByRole("button", { name: "Deny" }).click();
          await expect(page.getByRole("heading", { name: "Rejected" })).toBeVisible();
          expect(site.error).toMatchObject({ error: "access_denied" });
          expect(site.tokens).toBe(before);
        });

        test("revokes its refresh token, and with it the access token (RFC 7009 §2.1)", async () => {
          const tokens = tokensOf(site);
          await connection().revoke(tokens.refreshToken ?? "");
          await expect(connection().userinfo(tokens)).rejects.toThrow();
          await expect(connection().refresh(tokens)).rejects.toMatchObject({ error: "invalid_grant" });
        });

        test("signs out; the user returns to the site and must sign in the next time", async () => {
          await page.goto(`${site.url}/logout`);
          await expect(page.getByRole("heading", { name: "Goodbye see-you" })).toBeVisible();
          await page.goto(`${site.url}/login`);
          await fillCredentials(page, email);
          await page.getByRole("button", { name: "Sign in", exact: true }).click();
          await allowAgain();
        });
      });
