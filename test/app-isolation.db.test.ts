/**
 * Isolation of apps over HTTP: calls every route with another app's credentials and this app's IDs.
 * The routes are read from the folders, so that a new one is tested without adding it here.
 */

import { beforeAll, describe, expect, it } from "vitest";
import { inviteUser } from "@/lib/account/invitations";
import { getApp } from "@/lib/apps/apps";
import { db } from "@/lib/database/client";
import type { Handler } from "@/lib/http/handler";
import { newId } from "@/lib/ids";
import { browserCookieName } from "@/lib/oauth/authorize/interaction";
import { createClaim } from "@/lib/oauth/custom-claims/claims";
import { createResource } from "@/lib/oauth/resources/resources";
import { sessionCookieName } from "@/lib/sessions/cookie";
import { RefreshBody } from "@/lib/signin/inputs";
import { unknownMembers } from "@/lib/unknown-members";
import { listRoutes } from "@/scripts/bootstrap/routes.mjs";
import { type CallOptions, call, type TestResponse } from "@/test/support/call";
import {
  emailAddress,
  SOME_PASSWORD,
  someApp,
  someEmail,
  someSession,
  type TestApp,
  type TestSession,
} from "@/test/support/factories";
import {
  authorizeFields,
  Browser,
  basic,
  begin,
  encode,
  exchangeFields,
  type Fields,
  getCode,
  getTokens,
  newIpAddress,
  OPERATOR,
  someClient,
  someScopes,
  type TestClient,
  type Tokens,
} from "@/test/support/oauth";
import { connectGitHub } from "@/test/support/social";

/** Routes of an app that need no credentials, since their responses are public. */
const PUBLIC = [
  /^\/api\/auth\/passkey\/\[app_id\]\/options$/,
  /^\/o\/\[app\](\/(jwks|\.well-known)|$)/,
  /^\/\.well-known\//,
];

/** Routes whose path names no app. */
const WITHOUT_APP = [
  /^\/api\/health\//,
  /^\/api\/me(\/export)?$/,
  /^\/(verify-email|reset-password|change-email)$/,
  /^\/api\/openapi\.json$/,
  /^\/metrics$/,
  /^\/(llms\.txt$|docs\/)/,
  /^\/o\/(applications|authorized_tokens)$/,
];

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

const routes = listRoutes(`${process.cwd()}/app`).filter(
  ({ path }) => ![...PUBLIC, ...WITHOUT_APP].some((open) => open.test(path)),
);
const isProvider = ({ path }: { path: string }) => path.startsWith("/o/");

async function counts() {
  const client = db();
  const active = { where: { revokedAt: null } };
  return Promise.all([
    client.user.count(),
    client.session.count(active),
    client.apiKey.count(active),
    client.oAuthClient.count(),
    client.clientSecret.count(active),
    client.signingKey.count(),
    client.scope.count(),
    client.oAuthConfig.count({ where: { enabled: true } }),
    client.identity.count(),
    client.app.count({ where: { name: "stolen" } }),
    client.consent.count(),
    client.grant.count(active),
    client.authorizationCode.count({ where: { consumedAt: null } }),
    client.authorizationRequest.count({ where: { consumedAt: { not: null } } }),
    client.revokedToken.count(),
    client.oneTimeToken.count({ where: { consumedAt: { not: null } } }),
    client.oneTimeToken.count({ where: { purpose: { in: ["user_invitation", "totp_enrollment", "factor_code"] } } }),
    client.factor.count(),
    client.recoveryCode.count(),
  ]);
}

interface Side {
  app: TestApp;
  direct: TestSession;
  client: TestClient;
  browser: Browser;
  tokens: Tokens;
  code: string;
  interaction: string;
  /** IDs in the app, by their names in paths. */
  things: {
    key_id: string;
    secret_id: string;
    session_id: string;
    kid: string;
    event_id: string;
    scope: string;
    connection: string;
    invitation_id: string;
  };
}

async function someThings(appId: string) {
  const [key, secret, session, event, signing] = await Promise.all([
    db().apiKey.findFirstOrThrow({ where: { appId } }),
    db().clientSecret.findFirstOrThrow({ where: { appId } }),
    db().session.findFirstOrThrow({ where: { appId } }),
    db().auditEvent.findFirstOrThrow({ where: { appId } }),
    db().signingKey.findFirstOrThrow({ where: { appId, status: "active" } }),
  ]);
  const app = await getApp(appId);
  const resource = await createResource(app, { identifier: "https://api.example", name: "API" }, OPERATOR);
  const claim = await createClaim(app, { name: "tier", source: { constant: 1 }, targets: ["userinfo"] }, OPERATOR);
  const factor = { appId, id: newId("fac"), userId: session.userId, type: "totp" };
  await db().factor.create({ data: factor });
  const invitation = await inviteUser(app, { email: emailAddress(someEmail()) }, OPERATOR);
  return {
    key_id: key.id,
    secret_id: secret.id,
    session_id: session.id,
    kid: signing.id,
    event_id: event.id,
    scope: "photos:read",
    connection: "github",
    invitation_id: invitation.id,
    resource_id: resource.id,
    claim_id: claim.id,
    factor_id: factor.id,
    passkey_id: factor.id,
  };
}

async function someSide(name: string): Promise<Side> {
  const app = await someApp(name);
  await someScopes(app);
  await connectGitHub(app, { redirect_uris: [] });
  const [direct, client, browser] = [await someSession(app.id), await someClient(app), new Browser(app)];
  const tokens = await getTokens(client, browser);
  const code = await getCode(browser, client);
  const interaction = await begin(browser, client, { prompt: "login" });
  return { app, direct, client, browser, tokens, code, interaction, things: await someThings(app.id) };
}

let ours: Side;
let theirs: Side;
beforeAll(async () => {
  [ours, theirs] = [await someSide("This app"), await someSide("Another app")];
});

function paramsOf(path: string): Record<string, string> {
  const { app, direct, client, things } = ours;
  const own = { app_id: app.id, app: app.id, user_id: direct.userId, client_id: client.id };
  const ids: Record<string, string> = { ...own, ...things };
  const names = [...path.matchAll(/\[(\w+)\]/g)].map(([, name]) => name as string);
  for (const name of names) expect(ids, `add ${name} to someThings()`).toHaveProperty(name);
  return Object.fromEntries(names.map((name) => [name, ids[name] as string]));
}

/** Calls every method of a route with all `attempts`. No response may contain our data, and no row may change. */
async function attack(
  { path, file }: (typeof routes)[number],
  attempts: (method: string, handler: Handler) => CallOptions[],
  check: (answer: TestResponse, seen: string) => void,
): Promise<void> {
  const module = (await import(/* @vite-ignore */ file)) as Partial<Record<string, Handler>>;
  const params = paramsOf(path);
  const before = await counts();
  for (const method of METHODS.filter((candidate) => module[candidate])) {
    for (const options of attempts(method, module[method] as Handler)) {
      const address = options.path ?? path;
      const sent = `${address} ${JSON.stringify(options.body)}`;
      const at = address.replace(/\[(\w+)\]/g, (_, name) => params[name] ?? name);
      // A new IP address each time, so that no limit responds in place of the route.
      const answer = await call(module[method] as Handler, {
        method,
        params,
        ...options,
        path: at,
        ip: newIpAddress(),
      });
      const { bearer, body } = options;
      const text = `${JSON.stringify(answer.body)} ${answer.headers.get("location")}`;
      const seen = `${method} with ${bearer?.slice(0, 8) ?? "nothing"} and ${JSON.stringify(body)}: ${answer.status} ${text.slice(-400)}`;
      check(answer, seen);
      for (const secret of [ours.direct.email, ours.browser.email, ours.client.secret as string, ours.direct.userId])
        if (!sent.includes(secret)) expect(text).not.toContain(secret);
    }
  }
  expect(await counts()).toEqual(before);
}

/** Routes that take the secret of an email, a state or a return URL. Without it they may respond 400. */
const TAKES_SECRET = /^\/api\/auth\/(verify|mfa|passkey|password\/reset|callback|\[connection\])\//;

/** The members that the route knows: unknown ones are rejected before anything else. */
function knownPart({ contract }: Handler, body: object): object {
  const unknown = unknownMembers(contract?.body ?? RefreshBody, body);
  return Object.fromEntries(Object.entries(body).filter(([name]) => !Object.hasOwn(unknown, name)));
}

describe.each(routes.filter((route) => !isProvider(route)))("$path", (route) => {
  it("returns nothing and changes nothing for another app's API key, token or refresh token", async () => {
    const bodies = [
      { email: ours.direct.email, password: SOME_PASSWORD, name: "stolen", refresh_token: theirs.direct.refreshToken },
      { email: "new@example.com", password: SOME_PASSWORD, refresh_token: theirs.direct.refreshToken },
      { client_name: "stolen", redirect_uris: ["https://evil.example/"], refresh_token: theirs.tokens.refresh_token },
      { name: "stolen", description: "stolen", refresh_token: theirs.direct.refreshToken },
    ];
    const bearers = [
      theirs.app.apiKey,
      theirs.direct.token,
      ours.direct.token,
      theirs.tokens.access_token,
      ours.tokens.access_token,
      ours.tokens.id_token,
      undefined,
    ].filter(
      // Users may revoke their own session and change their own account.
      (bearer) =>
        bearer !== ours.direct.token ||
        !/^\/api\/auth\/(logout|mfa|passkey|(password|email)\/change)\//.test(route.path),
    );
    const attempts = (method: string, handler: Handler) =>
      bearers.flatMap((bearer) =>
        method === "GET" ? [{ bearer }] : bodies.map((body) => ({ bearer, body: knownPart(handler, body) })),
      );
    const rejections = TAKES_SECRET.test(route.path) ? [400, 401, 403, 404, 415] : [401, 403, 404, 415];
    await attack(route, attempts, ({ status }, seen) => expect(rejections, seen).toContain(status));
  });
});

/** The responses without an error that a route may give to another app, and why. */
const ALLOWED_RESPONSES: [route: RegExp, why: string, allowed: (answer: TestResponse) => boolean][] = [
  [
    /\/introspect$/,
    "an unauthorized client gets the response for an unknown token (RFC 7662 §2.2)",
    ({ status, body }) => status === 200 && JSON.stringify(body) === '{"active":false}',
  ],
  [
    /\/revoke(_token)?$/,
    "another client's token stays valid (RFC 7009 §2.2)",
    ({ status, body }) => status === 200 && JSON.stringify(body) === "{}",
  ],
  [
    /\/authorize$/,
    "a user without a session must sign in",
    ({ status, headers }) =>
      status === 303 && /^\/o\/(app_\w+\/(signin\?|authorize\?)|authorize\?)/.test(headers.get("location") ?? ""),
  ],
  [
    /\/logout(\/confirm)?$/,
    "a user without a session is signed out; a POST redirects to a GET",
    ({ status, headers }) => status === 200 || /\/logout\?/.test(headers.get("location") ?? ""),
  ],
  [
    /\/forgot\/submit$/,
    "the page is the same for every email address",
    ({ status, headers }) => status === 303 && /\/forgot$/.test(headers.get("location") ?? ""),
  ],
  [
    /\/device\/submit$/,
    "a code that doesn't exist",
    ({ status, headers }) => status === 303 && /\/device(\?|$)/.test(headers.get("location") ?? ""),
  ],
  [
    /\/(account\/.*|step-up)$/,
    "a user without a session must sign in",
    ({ status, headers }) =>
      status === 303 && /\/(account\/start|signin\?interaction=int_\w+)$/.test(headers.get("location") ?? ""),
  ],
];

/** The other app's cookies, also under the names of this app's cookies. */
function stolenCookies(): string {
  const { browser, app } = theirs;
  const session = browser.cookies.get(sessionCookieName(app.id));
  const secret = browser.cookies.get(browserCookieName());
  const own = [...browser.cookies].map(([name, value]) => `${name}=${value}`);
  const renamed = [`${sessionCookieName(ours.app.id)}=${session}`, `${browserCookieName()}=${secret}`];
  return [...own, ...renamed].join("; ");
}

function stolenForms(): Fields[] {
  const { tokens, code, client, interaction, browser, direct } = ours;
  const foreign = [tokens.access_token, tokens.refresh_token, code, direct.token, direct.refreshToken];
  const person = { email: browser.email, password: SOME_PASSWORD, user: direct.userId, decision: "allow" };
  return [
    ...foreign.map((token) => ({ token })),
    { grant_type: "refresh_token", refresh_token: tokens.refresh_token },
    exchangeFields(client, code),
    { grant_type: "client_credentials", scope: "openid" },
    { interaction, ...person, session: "others", client: client.id, name: "stolen" },
    { interaction: theirs.interaction, ...person, current_password: SOME_PASSWORD, new_password: "a new password!" },
    authorizeFields(client, { id_token_hint: theirs.tokens.id_token }),
    { id_token_hint: tokens.id_token, post_logout_redirect_uri: "https://evil.example/" },
  ];
}

describe.each(routes.filter(isProvider))("$path", (route) => {
  const own = ALLOWED_RESPONSES.filter(([pattern]) => pattern.test(route.path));

  it("returns nothing and changes nothing for another app's client, key, tokens or browser", async () => {
    const cookie = stolenCookies();
    const type = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin", cookie };
    const bearers = [theirs.app.apiKey, theirs.direct.token, ours.direct.token, ours.tokens.id_token];
    const attempts = (method: string): CallOptions[] => {
      const ways: CallOptions[] = [...bearers.map((bearer) => ({ bearer })), {}, { headers: basic(theirs.client) }];
      return ways.flatMap((way) =>
        stolenForms().map((form) => {
          const headers = { ...type, ...way.headers };
          // A GET sends the form as its query.
          if (method === "GET")
            return { ...way, headers: { cookie, ...way.headers }, path: `${route.path}?${encode(form)}` };
          return { ...way, headers, body: encode(form) };
        }),
      );
    };
    await attack(route, attempts, (answer, seen) => {
      if (own.some(([, , allowed]) => allowed(answer))) return;
      expect([400, 401, 403, 404], seen).toContain(answer.status);
    });
  });
});

it("finds routes to test", () => {
  expect(routes.filter((route) => !isProvider(route)).length).toBeGreaterThanOrEqual(20);
  expect(routes.filter(isProvider).length).toBeGreaterThanOrEqual(20);
});
