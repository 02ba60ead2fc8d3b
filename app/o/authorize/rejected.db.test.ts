/** Invalid requests of browsers that aren't signed in (RFC 9700 §4.11.2, OIDC Core §3.1.2.6). */
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  authorize,
  authorizeUrl,
  Browser,
  changeClient,
  interactionOf,
  locationOf,
  REDIRECT_URI,
  screenOf,
  someClient,
  type TestClient,
} from "@/test/support/oauth";

const WRONG = { response_type: "token" };

let app: TestApp;
let client: TestClient;
beforeAll(async () => {
  app = await someApp();
  client = await someClient(app);
});

/** A user who has an account, in a browser without a session. */
async function signedOut(): Promise<Browser> {
  const browser = new Browser(app);
  await authorize(browser, client);
  browser.cookies.clear();
  return browser;
}

async function start(browser: Browser, changes: Record<string, string> = {}, of = client): Promise<string> {
  const answer = await browser.open(authorizeUrl(of, { ...WRONG, ...changes }));
  expect(screenOf(answer)).toBe("signin");
  return interactionOf(answer);
}

describe("an invalid request of a browser that is not signed in", () => {
  it("is answered after a wrong password and the right one, once", async () => {
    const bob = await signedOut();
    const interaction = await start(bob);
    expect(screenOf(await bob.signIn(interaction, "not the password"))).toBe("signin");
    const { searchParams } = locationOf(await bob.signIn(interaction));
    expect(Object.fromEntries(searchParams)).toEqual({
      error: "unsupported_response_type",
      error_description: "The parameter response_type must be code",
      state: "the-state",
      iss: app.issuer,
    });
    const where = { appId_id: { appId: app.id, id: interaction } };
    expect((await db().authorizationRequest.findUniqueOrThrow({ where })).consumedAt).not.toBeNull();
    expect(await db().authorizationCode.count({ where: { appId: app.id, userId: await bob.userId() } })).toBe(1);
  });

  it.each([
    ["fragment", /^https:\/\/photos\.example\/cb#error=/],
    ["query", /^https:\/\/photos\.example\/cb\?error=/],
    ["web_message", /^https:\/\/photos\.example\/cb\?error=/],
  ])("is answered by the response mode %s", async (response_mode, location) => {
    const bob = await signedOut();
    const answer = await bob.signIn(await start(bob, { response_mode }));
    expect(answer.headers.get("location")).toMatch(location);
  });

  it("is answered by form_post", async () => {
    const bob = await signedOut();
    const answer = await bob.signIn(await start(bob, { response_mode: "form_post" }));
    expect(answer.status).toBe(200);
    expect(answer.body).toContain(`<form method="post" action="${REDIRECT_URI}">`);
    expect(answer.body).toContain('name="error" value="unsupported_response_type"');
    expect(answer.headers.get("set-cookie")).toContain("=ses_");
  });

  it("is answered if the user is already signed in, by choosing the account", async () => {
    const bob = await signedOut();
    const interaction = await start(bob);
    await bob.signIn(await start(bob));
    const answer = await bob.submit("select-account", { interaction, decision: "continue" });
    expect(locationOf(answer).searchParams.get("error")).toBe("unsupported_response_type");
  });

  it("is not answered in another browser (RFC 9700 §4.7)", async () => {
    const [bob, mallory] = [await signedOut(), await signedOut()];
    const answer = await mallory.signIn(await start(bob));
    expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
  });

  it("gets a page if its redirect URI has been removed in the meantime", async () => {
    const changing = await someClient(app);
    const bob = await signedOut();
    const interaction = await start(bob, {}, changing);
    await changeClient(changing, { redirect_uris: ["https://photos.example/new"] });
    const answer = await bob.signIn(interaction);
    expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
  });

  it("continues as a valid one if the client has been corrected in the meantime", async () => {
    const strict = await someClient(app, { pkce: "required" });
    const bob = await signedOut();
    const answer = await bob.open(
      authorizeUrl(strict, { code_challenge: undefined, code_challenge_method: undefined }),
    );
    const interaction = interactionOf(answer);
    await changeClient(strict, { pkce: "optional" });
    expect(screenOf(await bob.signIn(interaction))).toBe("consent");
  });

  it("records one event, without a code or a consent", async () => {
    const mistaken = await someClient(app);
    const bob = await signedOut();
    await bob.signIn(await start(bob, {}, mistaken));
    const where = { appId: app.id, clientId: mistaken.id };
    const events = await db().auditEvent.findMany({ where: { ...where, type: "oauth.rejected" } });
    expect(events).toMatchObject([{ count: 1, reason: "unsupported_response_type" }]);
    expect(await db().authorizationCode.count({ where })).toBe(0);
    expect(await db().consent.count({ where })).toBe(0);
  });
});

it("an invalid request with an unknown redirect URI gets a page, signed in or not", async () => {
  const bob = new Browser(app);
  await authorize(bob, client);
  for (const browser of [bob, new Browser(app)]) {
    const answer = await browser.open(authorizeUrl(client, { ...WRONG, redirect_uri: "https://evil.example/" }));
    expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
  }
});
