/** Pushed authorization requests (RFC 9126). */
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { freezeClock, now } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { assertion, type KeyClient, postSigned, someKeyClient } from "@/test/support/client-keys";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  allow,
  authorize,
  authorizeFields,
  Browser,
  changeClient,
  encode,
  exchangeCode,
  expectOAuthError,
  interactionOf,
  locationOf,
  post,
  REDIRECT_URI,
  randomText,
  screenOf,
  send,
  someClient,
  type TestClient,
} from "@/test/support/oauth";

const PREFIX = "urn:ietf:params:oauth:request_uri:";

let app: TestApp;
let otherApp: TestApp;
let client: TestClient;
let neighbor: TestClient;
/** Signed in, with a consent for `client`. */
let bob: Browser;
beforeAll(async () => {
  [app, otherApp] = [await someApp(), await someApp()];
  [client, neighbor] = [await someClient(app), await someClient(app)];
  bob = new Browser(app);
  await authorize(bob, client);
  await authorize(bob, neighbor);
});
afterEach(() => freezeClock(null));

type Fields = Record<string, string | string[] | undefined>;

function push(of: TestClient, changes: Fields = {}) {
  return post(of, "par", { ...authorizeFields(of), ...changes });
}

async function pushed(of: TestClient, changes: Fields = {}): Promise<string> {
  const answer = await push(of, changes);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.request_uri;
}

function present(of: TestClient, request_uri: string, more: Fields = {}) {
  return `/o/${of.app.id}/authorize?${encode({ client_id: of.id, request_uri, ...more })}`;
}

async function expectPage(answer: Awaited<ReturnType<typeof send>>) {
  expect(answer.status).toBe(400);
  expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
  expect(answer.headers.get("location")).toBeNull();
}

function secondsLater(seconds: number): void {
  freezeClock(new Date(now().getTime() + seconds * 1000));
}

describe("a pushed request", () => {
  it("gets 201 with a request_uri that works for 60 seconds (RFC 9126 §2.2)", async () => {
    const answer = await push(client);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:par_[\w-]{43}$/),
      expires_in: 60,
    });
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
  });

  it("authorizes the client, whose code works", async () => {
    const location = locationOf(await bob.open(present(client, await pushed(client))));
    expect(`${location.origin}${location.pathname}`).toBe(REDIRECT_URI);
    expect(location.searchParams.get("state")).toBe("the-state");
    const answer = await exchangeCode(client, location.searchParams.get("code") ?? "");
    expect(answer.status).toBe(200);
  });

  it("works at the addresses without the app", async () => {
    const form = { ...authorizeFields(client), client_secret: client.secret ?? "" };
    const answer = await send("/o/par", { form });
    expect(answer.status).toBe(201);
    const query = encode({ client_id: client.id, request_uri: answer.body.request_uri });
    const first = await bob.open(`/o/authorize?${query}`);
    const last = screenOf(first) === "authorize" ? await bob.open(locationOf(first).href) : first;
    expect(locationOf(last).searchParams.get("code")).not.toBeNull();
  });

  it("of a public client needs only its client_id", async () => {
    const spa = await someClient(app, { public: true });
    expect((await push(spa)).status).toBe(201);
    expectOAuthError(
      await push(spa, { code_challenge: undefined, code_challenge_method: undefined }),
      400,
      "invalid_request",
    );
  });

  it("needs no client_id if an assertion names the client", async () => {
    const signing = await someKeyClient(app);
    const { client_id: _, ...form } = authorizeFields(signing);
    expect((await postSigned(signing, "par", form)).status).toBe(201);
  });

  it("isn't stored with the credentials of the client", async () => {
    const signing = await someKeyClient(app);
    const jwt = assertion(signing);
    await postSigned(signing, "par", authorizeFields(signing), jwt);
    const form = { ...authorizeFields(client), client_secret: client.secret ?? "" };
    await send(`/o/${app.id}/par`, { form });
    const rows = await db().authorizationRequest.findMany({ where: { appId: app.id, kind: "pushed" } });
    expect(rows.length).toBeGreaterThan(1);
    expect(JSON.stringify(rows)).not.toContain(jwt);
    expect(JSON.stringify(rows)).not.toContain(client.secret);
    expect(JSON.stringify(rows)).not.toContain("client_assertion");
  });

  it("outlives reloads and signing in, and is used up by the response", async () => {
    const [carol, uri] = [new Browser(app), await pushed(client)];
    const first = await carol.open(present(client, uri));
    expect(screenOf(first)).toBe("signin");
    const again = await carol.open(present(client, uri));
    expect(screenOf(again)).toBe("signin");
    const consent = await carol.signUp(interactionOf(again));
    expect(screenOf(consent)).toBe("consent");
    const answer = await allow(carol, interactionOf(consent));
    expect(locationOf(answer).searchParams.get("code")).not.toBeNull();
    await expectPage(await carol.open(present(client, uri)));
    // The earlier page of the same request gets no second response.
    const earlier = await allow(carol, interactionOf(first));
    expect(earlier.status).toBe(400);
  });

  it("is used up by a denial", async () => {
    const [carol, uri] = [new Browser(app), await pushed(client)];
    const interaction = interactionOf(await carol.open(present(client, uri)));
    await carol.signUp(interaction);
    const denied = await allow(carol, interaction, { decision: "deny" });
    expect(locationOf(denied).searchParams.get("error")).toBe("access_denied");
    await expectPage(await carol.open(present(client, uri)));
  });

  it("is used up by an error response", async () => {
    const uri = await pushed(client, { prompt: "none" });
    const silent = await new Browser(app).open(present(client, uri));
    expect(locationOf(silent).searchParams.get("error")).toBe("login_required");
    await expectPage(await bob.open(present(client, uri)));
  });

  it("gets one response of twenty simultaneous ones", async () => {
    const uri = await pushed(client);
    const answers = await Promise.all(Array.from({ length: 20 }, () => bob.open(present(client, uri))));
    expect(answers.filter((answer) => locationOf(answer).searchParams.has("code"))).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 303)) await expectPage(answer);
  });

  it("may take an hour once the browser presented it", async () => {
    const [carol, uri] = [new Browser(app), await pushed(client)];
    secondsLater(50);
    expect(screenOf(await carol.open(present(client, uri)))).toBe("signin");
    secondsLater(3000);
    const again = await carol.open(present(client, uri));
    expect(screenOf(again)).toBe("signin");
    secondsLater(700);
    await expectPage(await carol.open(present(client, uri)));
  });

  it("ignores other parameters beside request_uri (RFC 9101 §6.3)", async () => {
    const answer = await bob.open(
      present(client, await pushed(client), { state: "other", redirect_uri: "https://evil.example" }),
    );
    expect(locationOf(answer).href).toMatch(/^https:\/\/photos\.example\/cb\?.*state=the-state/);
  });

  it("can be presented by POST", async () => {
    const form = { client_id: client.id, request_uri: await pushed(client) };
    const posted = await bob.open(`/o/${app.id}/authorize`, { form });
    expect(posted.status).toBe(303);
    expect(locationOf(await bob.open(locationOf(posted).href)).searchParams.get("code")).not.toBeNull();
  });
});

describe("a request_uri, on a page without redirect,", () => {
  it("is rejected after 60 seconds without a presentation", async () => {
    const uri = await pushed(client);
    secondsLater(61);
    await expectPage(await bob.open(present(client, uri)));
  });

  it.each<[string, () => Promise<string>]>([
    ["of another client", async () => present(neighbor, await pushed(client))],
    ["of another app", async () => present(await someClient(otherApp), await pushed(client))],
    ["at the issuer of another app", async () => present(client, await pushed(client)).replace(app.id, otherApp.id)],
    ["that is unknown", async () => present(client, `${PREFIX}par_${randomText()}`)],
    ["that is malformed", async () => present(client, `${PREFIX}x`)],
    [
      "that names an interaction",
      async () =>
        present(
          client,
          `${PREFIX}${interactionOf(await new Browser(app).open(present(client, await pushed(client))))}`,
        ),
    ],
    [
      "that is sent twice",
      async () => present(client, await pushed(client), { request_uri: [await pushed(client), await pushed(client)] }),
    ],
    ["without client_id", async () => present(client, await pushed(client), { client_id: undefined })],
    [
      "beside a request object",
      async () => present(client, await pushed(client), { request: "eyJhbGciOiJub25lIn0.e30." }),
    ],
  ])("%s is rejected", async (_, url) => {
    await expectPage(await bob.open(await url()));
  });

  it("leaves an event for the app's owner", async () => {
    const own = await someClient(app);
    await bob.open(present(own, `${PREFIX}par_${randomText()}`));
    const events = await db().auditEvent.findMany({
      where: { appId: app.id, clientId: own.id, type: "oauth.rejected" },
    });
    expect(events).toMatchObject([{ reason: "invalid_request_uri", explanation: { section: "RFC 9126 §4" } }]);
  });

  it("of another app's client stays usable there", async () => {
    const uri = await pushed(client);
    await bob.open(present(neighbor, uri));
    expect(locationOf(await bob.open(present(client, uri))).searchParams.get("code")).not.toBeNull();
  });
});

describe("an invalid pushed request, as JSON,", () => {
  it.each<[string, string, Fields]>([
    ["without response_type", "invalid_request", { response_type: undefined }],
    ["with response_type token", "unsupported_response_type", { response_type: "token" }],
    ["with an unregistered redirect_uri", "invalid_request", { redirect_uri: "https://evil.example/cb" }],
    ["with scopes that the client may not request", "invalid_scope", { scope: "nope" }],
    ["with plain PKCE", "invalid_request", { code_challenge_method: "plain" }],
    ["with an unknown prompt", "invalid_request", { prompt: "unknown" }],
    ["with an unknown response_mode", "invalid_request", { response_mode: "post" }],
    ["with claims that aren't JSON", "invalid_request", { claims: "{" }],
    ["with a request_uri (RFC 9126 §2.1)", "invalid_request", { request_uri: `${PREFIX}par_${randomText()}` }],
    ["with an external request_uri", "invalid_request", { request_uri: "https://photos.example/r" }],
    ["with state twice", "invalid_request", { state: ["a", "b"] }],
    ["with NUL", "invalid_request", { state: "a\0b" }],
    ["with an oversized parameter", "invalid_request", { state: "s".repeat(9000) }],
    ["with another client_id", "invalid_request", { client_id: "cli_other" }],
  ])("%s is rejected", async (_, code, changes) => {
    const before = await db().authorizationRequest.count({ where: { appId: app.id } });
    expectOAuthError(await push(client, changes), 400, code);
    expect(await db().authorizationRequest.count({ where: { appId: app.id } })).toBe(before);
  });

  it("with a wrong secret or none is rejected with 401", async () => {
    const at = `/o/${app.id}/par`;
    expectOAuthError(await send(at, { form: authorizeFields(client) }), 401, "invalid_client");
    const form = { ...authorizeFields(client), client_secret: "foyer_cs_nonsense" };
    expectOAuthError(await send(at, { form }), 401, "invalid_client");
    expectOAuthError(
      await send(at.replace(app.id, otherApp.id), { form: { ...form, client_secret: client.secret ?? "" } }),
      401,
      "invalid_client",
    );
  });

  it("that isn't a form is rejected", async () => {
    expectOAuthError(
      await send(`/o/${app.id}/par`, { method: "POST", headers: { "content-type": "application/json" } }),
      400,
      "invalid_request",
    );
  });
});

describe("a client that must push its requests", () => {
  let pushing: KeyClient;
  beforeAll(async () => {
    pushing = await someKeyClient(app, { require_pushed_authorization_requests: true });
  });

  it("gets the error of a plain request, like other errors", async () => {
    const answer = await bob.open(`/o/${app.id}/authorize?${encode(authorizeFields(pushing))}`);
    const { searchParams, origin } = locationOf(answer);
    expect(origin).toBe("https://photos.example");
    expect(Object.fromEntries(searchParams)).toMatchObject({
      error: "invalid_request",
      state: "the-state",
      iss: app.issuer,
    });
    const carol = await new Browser(app).open(`/o/${app.id}/authorize?${encode(authorizeFields(pushing))}`);
    expect(screenOf(carol)).toBe("signin");
  });

  it("is authorized with a pushed one", async () => {
    const { body } = await postSigned(pushing, "par", authorizeFields(pushing));
    const consent = await bob.open(present(pushing, body.request_uri));
    expect(screenOf(consent)).toBe("consent");
    const answer = await allow(bob, interactionOf(consent));
    expect(locationOf(answer).searchParams.get("code")).not.toBeNull();
  });

  it("may push again what it may not send plainly, and plain requests work once the setting is off", async () => {
    await changeClient(pushing, { require_pushed_authorization_requests: false });
    const answer = await bob.open(`/o/${app.id}/authorize?${encode(authorizeFields(pushing))}`);
    expect(locationOf(answer).searchParams.get("code")).not.toBeNull();
  });
});
