/** How to provoke each documented error. The test of errors fails for an error without an entry. */
import { createHash } from "node:crypto";
import { getApp } from "@/lib/apps/apps";
import { freezeClock, nowMs } from "@/lib/clock";
import { newSecretToken } from "@/lib/crypto/secret-token";
import { db, prepared } from "@/lib/database/client";
import { callFacts } from "@/lib/http/openapi/contract";
import type { ErrorName, OAuthErrorName } from "@/lib/http/openapi/errors";
import type { Operation, RequestExample } from "@/lib/http/openapi/operation";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import { newId } from "@/lib/ids";
import { createConnection, setConnection, updateConnection } from "@/lib/social/connections";
import { ask, someResetLink } from "./account";
import { type CallOptions, call, type TestResponse } from "./call";
import { someKeyClient } from "./client-keys";
import {
  answerDevice,
  changeDevice,
  enterCode,
  poll,
  type StartedDevice,
  someDeviceClient,
  startDevice,
} from "./device";
import { proofFor, someDpopKey } from "./dpop";
import { SOME_PASSWORD, someApp, someEmail, someSession, type TestApp } from "./factories";
import { addTotp, firstStep, someTotpUser } from "./factors";
import { lastMail } from "./mailbox";
import { manage } from "./manage";
import { Browser, basic, encode, exchangeFields, getCode, getTokens, OPERATOR, post, send, someClient } from "./oauth";
import { passkeys, somePasskeyUser } from "./passkeys";
import { forgetState } from "./process-state";
import { arrange, deliveredCode, type Given, mailedLink, sendExample } from "./reference";
import { toStandIn } from "./social";

export interface Attempt {
  operation: Operation;
  example: RequestExample;
  app: TestApp;
  otherApp: TestApp;
}

type Provoke = (attempt: Attempt) => Promise<TestResponse>;

/** Sends the example with changes. */
async function changed({ operation, example, app }: Attempt, changes: CallOptions | ((given: Given) => CallOptions)) {
  const given = await arrange(operation, example, app);
  return sendExample(operation, example, given, typeof changes === "function" ? changes(given) : changes);
}

const bodyOf = ({ example }: Attempt) => example.body ?? {};

/** Sends the example to a new app with these settings. */
async function within(attempt: Attempt, settings: object, given: (app: TestApp) => Promise<Partial<Given>>) {
  const app = await someApp();
  const values = await given(app);
  await manage(app, "PATCH", "", { body: { settings } });
  const { operation, example } = attempt;
  return sendExample(operation, example, { app, params: { app_id: app.id }, ...values });
}

const withPasswordOf = (email: string) => ({ body: { email, password: SOME_PASSWORD } });
const signedUp = async (app: TestApp) => withPasswordOf((await someSession(app.id)).email);
const disable = (app: TestApp, userId: string) =>
  manage(app, "PATCH", `/users/${userId}`, { body: { disabled: true } });
const linkTo = (email?: string) => async (app: TestApp) => mailedLink(app, email);

/** Puts the token of a link where the operation expects it: the query of a GET, the body of a POST. */
function asLink({ operation, example }: Attempt, token: string): Partial<Given> & { example: RequestExample } {
  const place = operation.method === "get" ? "query" : "body";
  return { [place]: { token }, example: { ...example, [place]: { token } } } as never;
}

async function sendLink(attempt: Attempt, token: string, app = attempt.app) {
  const { example, ...values } = asLink(attempt, token);
  return sendExample(attempt.operation, example, { app, params: { app_id: app.id }, ...values });
}

/** Opens a link of a new app after `happen`. */
async function linkAfter(attempt: Attempt, happen: (app: TestApp, email: string) => Promise<unknown>) {
  const app = await someApp();
  const { token, email } = await linkTo()(app);
  await happen(app, email);
  return sendLink(attempt, token, app);
}

const WITHOUT_METHODS = { methods: { password: false, magic_link: false, email_code: false }, passkeys: false };

const set = (settings: object) => (app: TestApp) => manage(app, "PATCH", "", { body: { settings } });

function invalidInput(attempt: Attempt): CallOptions {
  const { query, body } = callFacts(attempt.operation);
  if (query && attempt.operation.path.includes("/v1/")) return { path: "/?limit=0" };
  if (query) return { path: "/" };
  const [name = "email"] = Object.keys(bodyOf(attempt));
  if (body) return { body: { ...bodyOf(attempt), [name]: {} } };
  if (callFacts(attempt.operation).security.includes("apiKey")) return { headers: { "foyer-client-ip": "nonsense" } };
  return { path: `${attempt.operation.path}?unknown=1` };
}

/** Sends two bodies with the same idempotency key. */
async function reusedKey(attempt: Attempt): Promise<TestResponse> {
  const given = await arrange(attempt.operation, attempt.example, attempt.app);
  const headers = { "idempotency-key": someEmail() };
  await sendExample(attempt.operation, attempt.example, given, { headers });
  // Another text with the same meaning.
  const body = `${JSON.stringify({ ...attempt.example.body, ...given.body })} `;
  return sendExample(attempt.operation, attempt.example, given, {
    headers: { ...headers, "content-type": "application/json" },
    body,
  });
}

/** Sends a call while the first one with its idempotency key still runs. */
async function keyInProgress(attempt: Attempt): Promise<TestResponse> {
  const { operation, example, app } = attempt;
  const given = await arrange(operation, example, app);
  const key = someEmail();
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => given.params?.[name] ?? "");
  const body = example.body && JSON.stringify({ ...example.body, ...given.body });
  const hash = (text: string) => createHash("sha256").update(text).digest();
  await prepared(
    "test-claim",
    `INSERT INTO "IdempotencyKey" ("appId", "keyHash", "requestHash", "expiresAt") VALUES ($1, $2, $3, now() + interval '1 hour')`,
    [given.app.id, hash(`${operation.method.toUpperCase()} ${path} ${key}`), hash(body ?? "")],
  );
  return sendExample(operation, example, given, { headers: { "idempotency-key": key } });
}

/** Repeats a request until the response is 429. */
async function guess(times: number, once: () => Promise<TestResponse>): Promise<TestResponse> {
  let last = await once();
  for (let time = 0; time < times && last.status !== 429; time++) last = await once();
  return last;
}

function tooMany(attempt: Attempt): Promise<TestResponse> {
  const byKey = callFacts(attempt.operation).security.includes("apiKey");
  const bearer = byKey ? newSecretToken("foyer_sk", attempt.app.id) : undefined;
  return guess(61, () => plain(attempt, { bearer, ip: byKey ? "198.51.100.8" : "198.51.100.7" }));
}

/** Sends the example without creating anything: only the credentials are looked up. */
function plain({ operation, example, app }: Attempt, changes: CallOptions): Promise<TestResponse> {
  const params = { app_id: app.id, app: app.id, user_id: SOME_ID.user, client_id: SOME_ID.client };
  return sendExample(operation, example, { app, params }, changes);
}

/** Sends the API key of another app, or the ID of an unknown app if there is no key. */
function notFound(attempt: Attempt) {
  if (callFacts(attempt.operation).security.includes("apiKey"))
    return plain(attempt, { bearer: attempt.otherApp.apiKey });
  return plain(attempt, { params: { app_id: "app_01nowhere00000" } });
}

async function machineToken(app: TestApp): Promise<string> {
  const machine = { grant_types: ["client_credentials" as const], redirect_uris: [], scopes: [] };
  const client = await someClient(app, machine);
  const answer = await send(`/o/${app.id}/token`, {
    form: { grant_type: "client_credentials" },
    headers: basic(client),
  });
  return answer.body.access_token;
}

/** Gives a user a value that another user has. */
async function taken(attempt: Attempt, member: "email" | "external_id") {
  const { operation, example, app } = attempt;
  const value = member === "email" ? someEmail() : someEmail("external");
  await manage(app, "POST", "/users", { body: { email: someEmail(), [member]: value } });
  const given = await arrange(operation, example, app);
  return sendExample(operation, example, given, { body: { ...example.body, ...given.body, [member]: value } });
}

const resetOf = ({ token }: { token: string }) => ({ body: { token } });

/** Sends a token to another app. */
const atOtherApp = (attempt: Attempt) => changed(attempt, { params: { app_id: attempt.otherApp.id } });

/** Sends the token of a user without a password, six minutes after the sign-in. */
async function staleSignIn(attempt: Attempt): Promise<TestResponse> {
  const { email } = await mailedLink(attempt.app);
  const { token } = await lastMail(email);
  const { body } = await ask(`/api/auth/verify/${attempt.app.id}`, { body: { token } });
  freezeClock(new Date(nowMs() + 360_000));
  return changed(attempt, { bearer: body.token });
}

async function wrongPasswords(attempt: Attempt, field: string): Promise<TestResponse> {
  const { operation, example, app } = attempt;
  const given = await arrange(operation, example, app);
  const body = { ...example.body, ...given.body, [field]: "a wrong horse battery" };
  return guess(20, () => sendExample(operation, example, given, { body }));
}

/** Exchanges a code after a change. */
async function redeemAfter(attempt: Attempt, happen: (app: TestApp) => Promise<unknown>, withFactor = false) {
  const app = await someApp();
  const { userId, token } = await someSession(app.id);
  const code = await deliveredCode(app, userId);
  if (withFactor) await addTotp(app, { userId, token, email: "", refreshToken: "" });
  await happen(app);
  const { operation, example } = attempt;
  return sendExample(operation, example, { app, params: { app_id: app.id }, body: { code } });
}

/** A body with another mfa_token and code. */
const answerOf = (body: Given["body"], mfa_token: unknown, code: string) => ({ body: { ...body, mfa_token, code } });

/** Sends the example to an app that uses passkeys only. */
function withPasskeysOnly(attempt: Attempt): Promise<TestResponse> {
  return within(attempt, { mfa_methods: ["passkey"] }, async (app) => ({ bearer: (await someSession(app.id)).token }));
}

/** Sends the token of a user without an email address. */
function withoutAddress(attempt: Attempt): Promise<TestResponse> {
  return within(attempt, { mfa_methods: ["email"] }, async (app) => {
    const { token: bearer, userId } = await someSession(app.id);
    await db().user.updateMany({ where: { appId: app.id, id: userId }, data: { email: null, emailCanonical: null } });
    return { bearer };
  });
}

/** Sends the mfa_token of a user who has a factor already. */
async function withUsableFactor(attempt: Attempt): Promise<TestResponse> {
  const { email } = await someTotpUser(attempt.app);
  const mfa_token = await firstStep(attempt.app, email);
  return changed(attempt, { bearer: undefined, body: { ...bodyOf(attempt), mfa_token } });
}

/** Sends the example to an app without passkeys. */
function withoutPasskeys(attempt: Attempt): Promise<TestResponse> {
  return within(attempt, { passkeys: false }, async (app) => {
    const given = await arrange(attempt.operation, attempt.example, attempt.app);
    return { bearer: (await someSession(app.id)).token, body: given.body };
  });
}

/** The token of an app's user is no API key, so a call without a body has no token. */
const withoutPasskeysForAnyone = (attempt: Attempt) => within(attempt, { passkeys: false }, async () => ({}));

async function answerOfDisabledUser(attempt: Attempt): Promise<TestResponse> {
  const user = await somePasskeyUser(attempt.app);
  await disable(attempt.app, user.userId);
  const { body } = await passkeys.options(attempt.app);
  return changed(attempt, { body: { response: user.authenticator.get(body) } });
}

/** Answers other options than those of the user. */
async function foreignAnswer(attempt: Attempt): Promise<TestResponse> {
  const { body } = await arrange(attempt.operation, attempt.example, attempt.otherApp);
  return changed(attempt, { body: { ...bodyOf(attempt), ...body } });
}

/** Registers a passkey twice. */
async function knownPasskey(attempt: Attempt): Promise<TestResponse> {
  const { authenticator } = await somePasskeyUser(attempt.app);
  const { token: bearer } = await someSession(attempt.app.id);
  const { body } = await passkeys.creationOptions(attempt.app, { bearer });
  return changed(attempt, { bearer, body: { response: authenticator.create(body) } });
}

async function lastOwnPasskey(attempt: Attempt): Promise<TestResponse> {
  const given = await arrange(attempt.operation, attempt.example, attempt.app);
  const { user_id = "" } = given.params ?? {};
  const where = { appId_id: { appId: attempt.app.id, id: user_id } };
  await db().user.update({ where, data: { passwordHash: null } });
  return sendExample(attempt.operation, attempt.example, given);
}

/** Removes a passkey that is the user's only sign-in method. */
async function lastPasskey(attempt: Attempt): Promise<TestResponse> {
  const given = await arrange(attempt.operation, attempt.example, attempt.app);
  const { factor_id = "", user_id = "" } = given.params ?? {};
  const appId = attempt.app.id;
  await db().factor.update({ where: { appId_id: { appId, id: factor_id } }, data: { type: "passkey" } });
  await db().user.update({
    where: { appId_id: { appId, id: user_id } },
    data: { passwordHash: null, factors: ["passkey"] },
  });
  return sendExample(attempt.operation, attempt.example, given);
}

/** By error, or by operation and error. */
const PROVOKE: Record<string, Provoke> = {
  invalid_request: (attempt) => changed(attempt, invalidInput(attempt)),
  payload_too_large: (attempt) => changed(attempt, { body: { ...bodyOf(attempt), filler: "x".repeat(70_000) } }),
  unsupported_media_type: (attempt) => changed(attempt, { headers: { "content-type": "text/plain" } }),
  invalid_api_key: (attempt) => plain(attempt, { bearer: undefined }),
  unauthorized: (attempt) => plain(attempt, { bearer: undefined }),
  invalid_token: (attempt) => changed(attempt, { bearer: "eyJhbGciOiJub25lIn0.e30." }),
  not_found: notFound,
  rate_limited: tooMany,
  idempotency_key_reused: reusedKey,
  idempotency_in_progress: keyInProgress,
  no_user: async (attempt) => changed(attempt, { bearer: await machineToken(attempt.app) }),
  scope_taken: (attempt) => changed(attempt, { body: { ...bodyOf(attempt), name: "openid" } }),
  standard_scope: (attempt) => changed(attempt, ({ params }) => ({ params: { ...params, scope: "openid" } as never })),
  email_taken: (attempt) => taken(attempt, "email"),
  external_id_taken: (attempt) => taken(attempt, "external_id"),
  invalid_code: (attempt) => changed(attempt, { body: { code: "nonsense" } }),
  invalid_grant: (attempt) => changed(attempt, { body: { refresh_token: "nonsense" } }),
  invalid_link: (attempt) => sendLink(attempt, "nonsense"),
  link_used: (attempt) => linkAfter(attempt, async (app, email) => useLink(attempt, app, email)),
  link_expired: async (attempt) => linkAfter(attempt, async () => freezeClock(new Date(nowMs() + 3_600_000))),

  "signUp.method_disabled": (attempt) => within(attempt, { methods: { password: false } }, async () => ({})),
  "signUp.signup_closed": (attempt) => within(attempt, { signups: "closed" }, async () => ({})),
  "signUp.email_domain_not_allowed": (attempt) =>
    within(attempt, { allowed_email_domains: ["photos.example"] }, async () => ({})),
  "signUp.email_not_verified": (attempt) => within(attempt, { require_verified_email: true }, async () => ({})),
  "signUp.email_taken": async (attempt) => {
    const { email } = await someSession(attempt.app.id);
    return changed(attempt, { body: { ...bodyOf(attempt), email } });
  },
  "logIn.invalid_credentials": (attempt) => changed(attempt, { body: { email: someEmail(), password: SOME_PASSWORD } }),
  "logIn.method_disabled": (attempt) => within(attempt, { methods: { password: false } }, signedUp),
  "logIn.email_not_verified": (attempt) => within(attempt, { require_verified_email: true }, signedUp),
  "signUp.mfa_enrollment_required": (attempt) => within(attempt, { mfa: "required" }, async () => ({})),
  "logIn.mfa_enrollment_required": (attempt) => within(attempt, { mfa: "required" }, signedUp),
  "logIn.mfa_required": (attempt) =>
    within(attempt, {}, async (app) => withPasswordOf((await someTotpUser(app)).email)),
  // The policy changed, or the user added a factor, after the browser got the code.
  "redeemCode.mfa_enrollment_required": (attempt) => redeemAfter(attempt, set({ mfa: "required" })),
  "redeemCode.mfa_required": (attempt) => redeemAfter(attempt, async () => {}, true),
  "logIn.user_disabled": (attempt) =>
    within(attempt, {}, async (app) => {
      const { userId, email } = await someSession(app.id);
      await disable(app, userId);
      return withPasswordOf(email);
    }),
  "redeemCode.user_disabled": async (attempt) => {
    const { userId } = await someSession(attempt.app.id);
    const code = await deliveredCode(attempt.app, userId);
    await disable(attempt.app, userId);
    return changed(attempt, { body: { code } });
  },
  "sendEmailCode.method_disabled": (attempt) => within(attempt, { methods: { email_code: false } }, async () => ({})),
  "sendMagicLink.method_disabled": (attempt) =>
    within(
      attempt,
      { methods: { magic_link: false }, return_urls: ["https://blog.example/signed-in"] },
      async () => ({}),
    ),
  "updateApp.no_sign_in_method": (attempt) => changed(attempt, { body: { settings: WITHOUT_METHODS } }),
  no_sign_in_method: async (attempt) => {
    const app = await someApp();
    await createConnection(await getApp(app.id), { provider: "github", client_id: "x", client_secret: "y" }, OPERATOR);
    await set(WITHOUT_METHODS)(app);
    return sendExample(attempt.operation, attempt.example, {
      app,
      params: { app_id: app.id, connection: "github" },
    });
  },
  last_secret: async (attempt) => {
    const { id } = await someClient(attempt.app);
    const { data } = (await manage(attempt.app, "GET", `/clients/${id}/secrets`)).body;
    const params = { app_id: attempt.app.id, client_id: id, secret_id: data[0].secret_id };
    return sendExample(attempt.operation, attempt.example, { app: attempt.app, params });
  },
  key_retired: async (attempt) => {
    const given = await arrange(attempt.operation, attempt.example, attempt.app);
    await sendExample(attempt.operation, attempt.example, given);
    return sendExample(attempt.operation, attempt.example, given);
  },
  connection_exists: async (attempt) => {
    const given = await arrange(attempt.operation, attempt.example, attempt.app);
    await sendExample(attempt.operation, attempt.example, given);
    return sendExample(attempt.operation, attempt.example, given);
  },
  too_many_connections: async (attempt) => {
    const app = await someApp();
    const input = { provider: "github", client_id: "x", client_secret: "y" } as const;
    const made = await getApp(app.id);
    for (let number = 0; number < 50; number++)
      await createConnection(made, { ...input, connection: `c${number}` }, OPERATOR);
    return sendExample(attempt.operation, attempt.example, { app, params: { app_id: app.id } });
  },
  claim_taken: async (attempt) => {
    const name = `taken_by_${attempt.operation.id}`;
    await manage(attempt.app, "POST", "/claims", { body: { name, source: { constant: 1 }, targets: ["userinfo"] } });
    return changed(attempt, { body: { ...bodyOf(attempt), name } });
  },
  too_many_claims: async (attempt) => {
    const app = await someApp();
    const rows = Array.from({ length: 50 }, (_, index) => ({ id: `clm_${index}`, name: `claim${index}` }));
    await db().customClaim.createMany({
      data: rows.map((row) => ({ ...row, appId: app.id, source: { constant: 1 }, targets: ["userinfo"] })),
    });
    return sendExample(attempt.operation, attempt.example, { app, params: { app_id: app.id } });
  },
  resource_exists: async (attempt) => {
    const identifier = `https://${attempt.operation.id.toLowerCase()}.example`;
    await manage(attempt.app, "POST", "/resources", { body: { identifier, name: "API" } });
    return changed(attempt, { body: { ...bodyOf(attempt), identifier } });
  },
  too_many_resources: async (attempt) => {
    const app = await someApp();
    const rows = Array.from({ length: 100 }, (_, index) => ({ id: `res_${index}`, identifier: `urn:api:${index}` }));
    await db().resource.createMany({
      data: rows.map((row) => ({ ...row, appId: app.id, identifierCanonical: row.identifier, name: "API" })),
    });
    return sendExample(attempt.operation, attempt.example, { app, params: { app_id: app.id } });
  },
  "startSocial.invalid_request": (attempt) => changed(attempt, { path: "/?redirect_uri=https://evil.example/" }),
  "startSocial.connection_disabled": async (attempt) => {
    const given = await arrange(attempt.operation, attempt.example, attempt.app);
    await updateConnection(await getApp(attempt.app.id), "github", { enabled: false }, OPERATOR);
    return sendExample(attempt.operation, attempt.example, given);
  },
  "startSocial.rate_limited": async (attempt) => {
    const given = await arrange(attempt.operation, attempt.example, attempt.app);
    const asBrowser = { ip: "198.51.100.10", headers: { accept: "*/*" } };
    return guess(121, () => sendExample(attempt.operation, attempt.example, given, asBrowser));
  },
  // The return URL is removed while the browser is at the provider.
  "socialCallback.invalid_request": (attempt) =>
    whenSentBack(attempt, async () => {
      await set({ return_urls: [] })(attempt.app);
      await updateConnection(await getApp(attempt.app.id), "github", { redirect_uris: [] }, OPERATOR);
    }),
  state_missing: (attempt) => changed(attempt, { path: "/?code=x" }),
  state_unknown: (attempt) => changed(attempt, { path: "/?code=x&state=nonsense" }),
  state_expired: (attempt) => whenSentBack(attempt, async () => freezeClock(new Date(nowMs() + 3_600_000))),
  state_reused: (attempt) => whenSentBack(attempt, (given) => sendExample(attempt.operation, attempt.example, given)),
  state_of_another_browser: (attempt) => changed(attempt, { headers: { cookie: "" } }),
  state_of_another_connection: (attempt) =>
    whenSentBack(attempt, async (given) => {
      const other = { ...(await toStandIn()), connection: "other" };
      await setConnection(await getApp(attempt.app.id), other, OPERATOR);
      Object.assign(given.params ?? {}, { connection: "other" });
    }),
  "forgotPassword.method_disabled": (attempt) => within(attempt, { methods: { password: false } }, async () => ({})),
  "resetPassword.invalid_link": (attempt) => changed(attempt, { body: { ...bodyOf(attempt), token: "nonsense" } }),
  "resetPassword.link_used": async (attempt) => {
    const given = await arrange(attempt.operation, attempt.example, attempt.app);
    await sendExample(attempt.operation, attempt.example, given);
    return sendExample(attempt.operation, attempt.example, given);
  },
  "resetPassword.link_expired": async (attempt) => {
    const given = await arrange(attempt.operation, attempt.example, attempt.app);
    freezeClock(new Date(nowMs() + 3_600_000));
    return sendExample(attempt.operation, attempt.example, given);
  },
  "resetPassword.method_disabled": (attempt) =>
    within(attempt, { methods: { password: false } }, async (app) => resetOf(await someResetLink(app))),
  "resetPassword.user_disabled": (attempt) =>
    within(attempt, {}, async (app) => {
      const link = await someResetLink(app);
      await disable(app, link.userId);
      return resetOf(link);
    }),
  "verifySecondFactor.invalid_token": (attempt) => changed(attempt, ({ body }) => answerOf(body, "nonsense", "000000")),
  "verifySecondFactor.wrong_code": (attempt) =>
    changed(attempt, ({ body }) => answerOf(body, body?.mfa_token, "nonsense")),
  "verifySecondFactor.rate_limited": async (attempt) => {
    const given = await arrange(attempt.operation, attempt.example, attempt.app);
    const wrong = answerOf(given.body, given.body?.mfa_token, "nonsense");
    return guess(6, () => sendExample(attempt.operation, attempt.example, given, wrong));
  },
  // Unknown API keys: one is optional here.
  "challengeSecondFactor.rate_limited": (attempt) => {
    const bearer = newSecretToken("foyer_sk", attempt.app.id);
    return guess(61, () => plain(attempt, { bearer, ip: "198.51.100.12" }));
  },
  "challengeSecondFactor.invalid_token": (attempt) =>
    changed(attempt, { body: { ...bodyOf(attempt), mfa_token: "nonsense" } }),
  "confirmEmailFactor.wrong_code": (attempt) => changed(attempt, { body: { code: "nonsense" } }),
  "enrollEmailFactor.method_disabled": withPasskeysOnly,
  "confirmEmailFactor.method_disabled": withPasskeysOnly,
  "enrollEmailFactor.no_address": withoutAddress,
  "confirmEmailFactor.no_address": withoutAddress,
  "confirmTotp.wrong_code": (attempt) => changed(attempt, { body: { code: "nonsense" } }),
  "enrollTotp.unsupported_media_type": (attempt) =>
    changed(attempt, { body: "{}", headers: { "content-type": "text/plain" } }),
  "enrollTotp.method_disabled": withPasskeysOnly,
  "confirmTotp.method_disabled": withPasskeysOnly,
  "enrollTotp.mfa_required": withUsableFactor,
  "confirmTotp.mfa_required": withUsableFactor,
  "removeOwnFactor.last_way_in": lastPasskey,
  insufficient_user_authentication: async (attempt) => {
    const given = await arrange(attempt.operation, attempt.example, attempt.app);
    freezeClock(new Date(nowMs() + 660_000));
    return sendExample(attempt.operation, attempt.example, given);
  },
  "passkeyOptions.rate_limited": (attempt) => {
    const bearer = newSecretToken("foyer_sk", attempt.app.id);
    return guess(61, () => plain(attempt, { bearer, ip: "198.51.100.10" }));
  },
  "passkeyOptions.method_disabled": withoutPasskeysForAnyone,
  "passkeyOptions.unsupported_media_type": (attempt) =>
    changed(attempt, { body: "{}", headers: { "content-type": "text/plain" } }),
  "passkeySignIn.method_disabled": (attempt) =>
    within(attempt, { passkeys: false }, async () =>
      arrange(attempt.operation, attempt.example, attempt.app).then(({ body }) => ({ body })),
    ),
  "passkeySignIn.invalid_passkey": foreignAnswer,
  "passkeySignIn.user_disabled": answerOfDisabledUser,
  "passkeySignIn.rate_limited": async (attempt) => {
    const { body } = await arrange(attempt.operation, attempt.example, attempt.otherApp);
    const ip = "198.51.100.9";
    return guess(101, () => plain(attempt, { body, ip }));
  },
  "passkeyCreationOptions.method_disabled": withoutPasskeys,
  "passkeyCreationOptions.mfa_required": withUsableFactor,
  "passkeyCreationOptions.unsupported_media_type": (attempt) =>
    changed(attempt, { body: "{}", headers: { "content-type": "text/plain" } }),
  "registerPasskey.method_disabled": withoutPasskeys,
  "registerPasskey.mfa_required": async (attempt) => {
    const { email } = await someTotpUser(attempt.app);
    const mfa_token = await firstStep(attempt.app, email);
    return changed(attempt, ({ body }) => ({ bearer: undefined, body: { ...body, mfa_token } }));
  },
  "registerPasskey.rejected_registration": foreignAnswer,
  "registerPasskey.passkey_exists": knownPasskey,
  "removePasskey.last_way_in": lastOwnPasskey,
  no_factor: async (attempt) => changed(attempt, { bearer: (await someSession(attempt.app.id)).token }),
  ...Object.fromEntries(
    [
      "enrollTotp",
      "confirmTotp",
      "enrollEmailFactor",
      "confirmEmailFactor",
      "listOwnFactors",
      "removeOwnFactor",
      "renewRecoveryCodes",
      ...["passkeyCreationOptions", "registerPasskey", "listPasskeys", "renamePasskey", "removePasskey"],
    ].map((id) => [`${id}.not_found`, atOtherApp]),
  ),
  "changePassword.not_found": atOtherApp,
  "changePassword.method_disabled": (attempt) =>
    within(attempt, { methods: { password: false } }, async (app) => ({ bearer: (await someSession(app.id)).token })),
  "changePassword.reauthentication_required": staleSignIn,
  "changePassword.rate_limited": (attempt) => wrongPasswords(attempt, "current_password"),
  "changeEmail.not_found": atOtherApp,
  "changeEmail.email_domain_not_allowed": (attempt) =>
    within(attempt, { allowed_email_domains: ["photos.example"] }, async (app) => ({
      bearer: (await someSession(app.id)).token,
    })),
  "changeEmail.reauthentication_required": staleSignIn,
  "changeEmail.rate_limited": (attempt) => wrongPasswords(attempt, "password"),
  "closeAccount.reauthentication_required": staleSignIn,
  "closeAccount.rate_limited": (attempt) => wrongPasswords(attempt, "password"),
  "sendPasswordReset.method_disabled": (attempt) =>
    within(attempt, { methods: { password: false } }, async (app) => ({
      params: { app_id: app.id, user_id: (await someSession(app.id)).userId },
    })),
  "sendPasswordReset.no_address": async (attempt) => {
    const data = { appId: attempt.app.id, id: newId("usr") };
    await db().user.create({ data });
    return changed(attempt, ({ params }) => ({ params: { ...params, user_id: data.id } as never }));
  },
  "sendPasswordReset.disabled_user": async (attempt) => {
    const given = await arrange(attempt.operation, attempt.example, attempt.app);
    await disable(attempt.app, given.params?.user_id ?? "");
    return sendExample(attempt.operation, attempt.example, given);
  },
  "inviteUser.email_taken": async (attempt) => {
    const { email } = await someSession(attempt.app.id);
    return changed(attempt, { body: { email } });
  },
  "inviteUser.signup_closed": (attempt) => within(attempt, { signups: "closed" }, async () => ({})),
  "metrics.this_machine_only": (attempt) => plain(attempt, { ip: "192.0.2.1" }),
  "metrics.unauthorized": async (attempt) => {
    process.env.METRICS_TOKEN = "a-token-of-the-tests-that-is-long-enough";
    forgetState("env");
    const answer = await plain(attempt, { ip: "192.0.2.1", bearer: "another" });
    delete process.env.METRICS_TOKEN;
    forgetState("env");
    return answer;
  },
  "logOut.unsupported_media_type": (attempt) => changed(attempt, { headers: { "content-type": "text/plain" } }),
  "logOut.invalid_token": (attempt) => changed(attempt, { bearer: "eyJhbGciOiJub25lIn0.e30.", body: undefined }),
  "useMagicLink.wrong_code": (attempt) => changed(attempt, { body: { email: someEmail(), code: "000 000" } }),
  "updateUser.email_taken": (attempt) => taken(attempt, "email"),
  "rotateClientSecret.public_client": async (attempt) => {
    const { id } = await someClient(attempt.app, { public: true });
    return changed(attempt, ({ params }) => ({ params: { ...params, client_id: id } }));
  },
  "pushAuthorizationRequest.oauth.invalid_client": (attempt) =>
    oauth(attempt, ({ client_id: _, ...form }) => encode(form), {
      headers: basic({ id: SOME_ID.client, secret: "nonsense" }),
    }),
  "pushAuthorizationRequest.oauth.invalid_scope": (attempt) =>
    oauth(attempt, (form) => encode({ ...form, scope: "nope" })),
  "rotateClientSecret.no_secret": async (attempt) => {
    const { id } = await someKeyClient(attempt.app);
    return changed(attempt, ({ params }) => ({ params: { ...params, client_id: id } }));
  },

  "oauth.invalid_request": (attempt) => oauth(attempt, (form) => `${encode(form)}&client_id=a&client_id=b`),
  "oauth.invalid_client": (attempt) => oauth(attempt, encode, { headers: { authorization: "Basic bm9ib2R5Og==" } }),
  "oauth.invalid_grant": (attempt) => oauth(attempt, (form) => encode({ ...form, code: "nonsense" })),
  "oauth.unsupported_grant_type": (attempt) => oauth(attempt, () => "grant_type=password"),
  "oauth.unauthorized_client": (attempt) => oauth(attempt, () => "grant_type=client_credentials"),
  "deviceAuthorization.oauth.unauthorized_client": async (attempt) =>
    oauth(attempt, encode, { headers: basic(await someClient(attempt.app)) }),
  "deviceAuthorization.oauth.invalid_scope": (attempt) =>
    oauth(attempt, (given) => encode({ ...given, scope: "nonsense" })),
  "oauth.authorization_pending": (attempt) => polled(attempt, async () => {}),
  "oauth.slow_down": (attempt) =>
    polled(attempt, (app, device) => changeDevice(app, device, { lastPolledAt: new Date() })),
  "oauth.expired_token": (attempt) =>
    polled(attempt, (app, device) => changeDevice(app, device, { expiresAt: new Date(0) })),
  "oauth.access_denied": (attempt) =>
    polled(attempt, async (app, device) => {
      const browser = new Browser(app);
      await answerDevice(browser, await enterCode(browser, device.user_code), "deny");
    }),
  "oauth.invalid_token": (attempt) => changed(attempt, { ...emptyForm(attempt), bearer: "nonsense" }),
  "oauth.insufficient_scope": async (attempt) => {
    const client = await someClient(attempt.app);
    const { access_token } = await getTokens(client, new Browser(attempt.app), { scope: "email" });
    return changed(attempt, { ...emptyForm(attempt), bearer: access_token });
  },
  "oauth.unknown_app": (attempt) => plain(attempt, { params: { app: "app_01nowhere00000" } }),
  "oauth.invalid_request_object": (attempt) => oauth(attempt, (form) => encode({ ...form, request: "nonsense" })),
  "oauth.invalid_scope": async (attempt) => {
    const client = await someClient(attempt.app);
    const code = await getCode(new Browser(attempt.app), client);
    const { refresh_token } = (
      await send(`/o/${attempt.app.id}/token`, { form: exchangeFields(client, code), headers: basic(client) })
    ).body;
    const body = encode({ grant_type: "refresh_token", refresh_token, scope: "photos:write" });
    return changed(attempt, { body, headers: basic(client) });
  },
  "oauth.invalid_redirect_uri": (attempt) =>
    changed(attempt, ({ params }) => withMember(attempt, params, "redirect_uris", [])),
  "oauth.invalid_client_metadata": (attempt) =>
    changed(attempt, ({ params }) => withMember(attempt, params, "client_name", 1)),
  "oauth.registration_off": async (attempt) => {
    const given = await arrange(attempt.operation, attempt.example, attempt.app);
    await manage(given.app, "PATCH", "", { body: { settings: { registration: "off" } } });
    return sendExample(attempt.operation, attempt.example, given);
  },
  "registerClient.oauth.invalid_request": (attempt) => changed(attempt, { body: "{" }),
  "updateRegistration.oauth.invalid_request": (attempt) => changed(attempt, { body: "{" }),
  "registerClient.oauth.rate_limited": async (attempt) => {
    const given = await arrange(attempt.operation, attempt.example, attempt.app);
    const ip = "198.51.100.11";
    return guess(11, () => sendExample(attempt.operation, attempt.example, given, { ip }));
  },
  "oauth.invalid_dpop_proof": (attempt) => withProof(attempt, "nonsense"),
  "oauth.use_dpop_nonce": async (attempt) => {
    await set({ dpop_nonce: true })(attempt.app);
    const answer = await withProof(
      attempt,
      proofFor(someDpopKey(), attempt.operation.path.replace("{app_id}", attempt.app.id)),
    );
    await set({ dpop_nonce: false })(attempt.app);
    return answer;
  },
  "oauth.rejected_proof": async (attempt) => {
    const dpop = proofFor(someDpopKey(), `/o/${attempt.app.id}/token`);
    const client = await someClient(attempt.app);
    const form = exchangeFields(client, await getCode(new Browser(attempt.app), client));
    const { access_token } = (await post(client, "token", form, { dpop })).body;
    return changed(attempt, {
      ...emptyForm(attempt),
      bearer: undefined,
      headers: { authorization: `DPoP ${access_token}` },
    });
  },
  "oauth.invalid_target": (attempt) =>
    oauth(attempt, (form) => encode({ ...form, resource: "https://unknown.example" })),
  "oauth.rate_limited": (attempt) => {
    const client = { id: `cli_${attempt.app.id.slice(4)}_${"0".repeat(26)}`, secret: "wrong" };
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const options = { body: "token=x", headers: { ...type, ...basic(client) }, ip: "198.51.100.9" };
    return guess(21, () => call(attempt.operation.handler, { params: { app: attempt.app.id }, ...options }));
  },
};

/** A device's poll after `before`. */
async function polled(
  attempt: Attempt,
  before: (app: TestApp, device: StartedDevice) => Promise<unknown>,
): Promise<TestResponse> {
  const client = await someDeviceClient(attempt.app);
  const device = await startDevice(client);
  await before(attempt.app, device);
  return poll(client, device);
}

const emptyForm = ({ operation }: Attempt): CallOptions => (operation.method === "post" ? { body: "" } : {});

/** Sends the form of the example, rewritten by `write`. */
/** The example of a registration with another value of a member. */
function withMember(attempt: Attempt, params: Given["params"], name: string, value: unknown): CallOptions {
  const { client_id } = params ?? {};
  return { body: { ...bodyOf(attempt), ...(client_id && { client_id }), [name]: value } };
}

async function oauth(attempt: Attempt, write: (form: Record<string, string>) => string, changes: CallOptions = {}) {
  const { operation, example, app } = attempt;
  const given = await arrange(operation, example, app);
  const body = write({ ...example.body, ...given.body } as Record<string, string>);
  return sendExample(operation, example, given, { body, ...changes });
}

/** Sends the example of a form with this DPoP proof. */
async function withProof(attempt: Attempt, dpop: string) {
  return changed(attempt, ({ headers }) => ({ headers: { ...headers, dpop } }));
}

async function useLink(attempt: Attempt, app: TestApp, email: string) {
  const { findLastEmail } = await import("@/lib/mail/mailbox");
  const link = (await findLastEmail(email))?.content?.links[0] ?? "";
  return sendLink(attempt, new URL(link).searchParams.get("token") ?? "", app);
}

/** Runs `happen` before the browser returns. */
async function whenSentBack({ operation, example, app }: Attempt, happen: (given: Given) => Promise<unknown>) {
  const given = await arrange(operation, example, app);
  await happen(given);
  return sendExample(operation, example, given);
}

/** What makes a link fail, by error. */
async function verifiedTotpUser(app: TestApp, email: string) {
  await someTotpUser(app, email);
  await db().user.updateMany({ where: { appId: app.id, email }, data: { emailVerifiedAt: new Date(0) } });
}

const AFTER: Record<string, (app: TestApp, email: string) => Promise<unknown>> = {
  method_disabled: set({ methods: { magic_link: false } }),
  signup_closed: set({ signups: "closed" }),
  email_domain_not_allowed: set({ allowed_email_domains: ["photos.example"] }),
  mfa_enrollment_required: set({ mfa: "required" }),
  mfa_required: verifiedTotpUser,
  user_disabled: (app, email) =>
    manage(app, "POST", "/users", { body: { email, email_verified: true, disabled: true } }),
};

/** Sends a request that must fail with this error. */
export function provoke(attempt: Attempt, name: ErrorName | `oauth.${OAuthErrorName}`): Promise<TestResponse> {
  const { id } = attempt.operation;
  const own = PROVOKE[`${id}.${name}`];
  if (own) return own(attempt);
  const happen = id.endsWith("MagicLink") ? AFTER[name] : undefined;
  if (happen) return linkAfter(attempt, happen);
  const general = PROVOKE[name];
  if (!general) throw new Error(`Add ${name} of ${id} to PROVOKE in test/support/reference-errors.ts.`);
  return general(attempt);
}
