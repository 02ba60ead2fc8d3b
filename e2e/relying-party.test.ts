/**
 * Two independent client libraries, configured by the issuer's address alone, and a person in Chromium: discovery, PKCE, state, nonce, code,
 * userinfo, refresh, introspection, revocation, sign-out.
 */
import { randomBytes } from "node:crypto";
import type { Page } from "playwright";
import { beforeAll, describe, expect, it } from "vitest";
import { browser } from "../test/support/browser";
import { type Connect, type Held, type Site, startSite } from "../test/support/relying-party";
import { connectByOauth4webapi } from "../test/support/relying-party-oauth4webapi";
import { connectByOpenidClient } from "../test/support/relying-party-openid-client";
import { type Server, startServer } from "../test/support/server";
import { createTenant, foyer, newEmail, PASSWORD, type Tenant } from "../test/support/tenant";

const LIBRARIES: [string, Connect][] = [
  ["oauth4webapi", connectByOauth4webapi],
  ["openid-client", connectByOpenidClient],
];
const KINDS = ["confidential", "public"] as const;

let server: Server;
let tenant: Tenant;
beforeAll(async () => {
  server = await startServer({ TRUSTED_PROXIES: "127.0.0.1,::1" });
  tenant = await createTenant(server.environment);
});

async function registeredSite(connect: Connect, kind: (typeof KINDS)[number]): Promise<Site> {
  const site = await startSite();
  const { redirectUri, goodbyeUri } = site;
  const addresses = ["--redirect-uri", redirectUri, "--post-logout-redirect-uri", goodbyeUri];
  const more = kind === "public" ? ["--public"] : [];
  const args = ["--app", tenant.app_id, "--name", "SuperPhotoPrints", ...addresses, ...more];
  const { client_id, client_secret } = await foyer(server.environment, "clients", "create", ...args);
  expect(client_secret === undefined).toBe(kind === "public");
  const known = { issuer: tenant.issuer, clientId: client_id, clientSecret: client_secret };
  site.connection = await connect({ ...known, redirectUri, goodbyeUri });
  return site;
}

async function openPage(javaScriptEnabled = true): Promise<Page> {
  const headers = { "x-forwarded-for": `198.18.${randomBytes(2).join(".")}` };
  const context = await (await browser()).newContext({ extraHTTPHeaders: headers, javaScriptEnabled });
  return context.newPage();
}

async function typeCredentials(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
}

/** From the site to the App's pages, and back with everything allowed. */
async function signUpAndAllow(page: Page, site: Site): Promise<string> {
  const email = newEmail();
  await page.goto(`${site.url}/login`);
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.waitForURL("**/signup?**");
  await typeCredentials(page, email);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("button", { name: "Allow" }).click();
  await page.getByRole("heading", { name: "Signed in" }).waitFor();
  return email;
}

function heldBy(site: Site): Held {
  if (!site.held) throw new Error(`The site got nothing: ${site.refused}`);
  return site.held;
}

describe.each(LIBRARIES)("%s", (_name, connect) => {
  describe.each(KINDS)("as a %s client", (kind) => {
    let site: Site;
    let page: Page;
    let email: string;
    beforeAll(async () => {
      site = await registeredSite(connect, kind);
      page = await openPage(kind === "confidential");
      email = await signUpAndAllow(page, site);
    });

    const connection = () => site.connection as NonNullable<Site["connection"]>;

    it("comes back with tokens that it has verified, for the person who signed up", async () => {
      const held = heldBy(site);
      expect(held.scope).toBe("openid profile email offline_access");
      expect(held.claims).toMatchObject({ iss: tenant.issuer, email, acr: "1", amr: ["pwd"] });
      expect(await connection().userinfo(held)).toMatchObject({ sub: held.claims.sub, email });
    });

    it("refreshes: a public client's token changes, a confidential one's stays", async () => {
      const before = heldBy(site);
      const after = await connection().refresh(before);
      expect(after.accessToken).not.toBe(before.accessToken);
      expect(after.refreshToken !== before.refreshToken).toBe(kind === "public");
      expect(after.claims.sub).toBe(before.claims.sub);
      expect(await connection().userinfo(after)).toMatchObject({ email });
      site.held = { ...after, idToken: after.idToken ?? before.idToken };
    });

    it("introspects with its secret; without one it may not (RFC 7662 §2.1)", async () => {
      const held = heldBy(site);
      if (kind === "public") return expect(connection().introspect(held.accessToken)).rejects.toThrow();
      const facts = { active: true, sub: held.claims.sub, iss: tenant.issuer, token_type: "Bearer" };
      expect(await connection().introspect(held.accessToken)).toMatchObject(facts);
    });

    it("is asked for nothing but the consent of a loopback address when it comes again, and signs in the same person", async () => {
      const { sub } = heldBy(site).claims;
      await page.goto(`${site.url}/login`);
      await page.getByRole("button", { name: "Allow" }).click();
      await page.getByRole("heading", { name: "Signed in" }).waitFor();
      expect(heldBy(site).claims.sub).toBe(sub);
    });

    it("hears of a denial as access_denied", async () => {
      const before = site.held;
      await page.goto(`${site.url}/login`);
      await page.getByRole("button", { name: "Deny" }).click();
      await page.getByRole("heading", { name: "Refused" }).waitFor();
      expect(site.refused).toMatchObject({ error: "access_denied" });
      expect(site.held).toBe(before);
    });

    it("revokes: after that neither token is worth anything (RFC 7009 §2.1)", async () => {
      const held = heldBy(site);
      await connection().revoke(held.refreshToken ?? "");
      await expect(connection().userinfo(held)).rejects.toThrow();
      await expect(connection().refresh(held)).rejects.toMatchObject({ error: "invalid_grant" });
    });

    it("signs out: the person comes back to the site, and must sign in the next time", async () => {
      await page.goto(`${site.url}/logout`);
      await page.getByRole("heading", { name: "Goodbye see-you" }).waitFor();
      await page.goto(`${site.url}/login`);
      await typeCredentials(page, email);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("button", { name: "Allow" }).click();
      await page.getByRole("heading", { name: "Signed in" }).waitFor();
    });
  });
});
