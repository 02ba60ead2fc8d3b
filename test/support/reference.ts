/** Sends the examples of the API reference to the real handlers, after creating what they need. */
import { getApp } from "@/lib/apps/apps";
import { db } from "@/lib/database/client";
import { callFacts } from "@/lib/http/openapi/contract";
import type { Operation, RequestExample } from "@/lib/http/openapi/operation";
import { register } from "@/lib/oauth/endpoints/registration";
import { createScope, deleteScope } from "@/lib/oauth/scopes/scopes";
import { deliverSignIn } from "@/lib/signin/delivery";
import { sendMagicLink } from "@/lib/signin/send-magic-link";
import { deleteConnection, listConnections, setConnection } from "@/lib/social/connections";
import { USER_FIELDS } from "@/lib/users/user-views";
import { ask, someResetLink } from "./account";
import { type CallOptions, call, type TestResponse } from "./call";
import { allowDevice, someDeviceClient, startDevice } from "./device";
import { emailAddress, SOME_PASSWORD, someApp, someEmail, someSession, type TestApp } from "./factories";
import { codeOf, firstStep, mfa, someTotpUser } from "./factors";
import { lastMail } from "./mailbox";
import { manage } from "./manage";
import {
  Browser,
  basic,
  encode,
  exchangeFields,
  getCode,
  getTokens,
  newIpAddress,
  OPERATOR,
  POST_LOGOUT_URI,
  someClient,
  type TestClient,
} from "./oauth";
import { passkeys, someAuthenticator, somePasskeyUser } from "./passkeys";
import { returned, someBrowser } from "./sign-in";
import { begin, chooseAt, toStandIn } from "./social";

/** The values that replace the placeholders of an example. */
export interface Given {
  app: TestApp;
  params?: Record<string, string>;
  /** Replaces the API key of the app. */
  bearer?: string;
  client?: TestClient;
  body?: Record<string, unknown>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  ip?: string;
}

type Arrange = (app: TestApp, example: RequestExample) => Promise<Partial<Given>>;

const user = async (app: TestApp) => ({ params: { user_id: (await someSession(app.id)).userId } });
const client = async (app: TestApp) => ({ params: { client_id: (await someClient(app)).id } });
async function secondSecret(app: TestApp) {
  const { params } = await client(app);
  await manage(app, "POST", `/clients/${params.client_id}/secrets`);
  const { data } = (await manage(app, "GET", `/clients/${params.client_id}/secrets`)).body;
  return { params: { ...params, secret_id: data[1].secret_id } };
}

const nothing: Arrange = async () => ({});

async function withScope(app: TestApp) {
  const scope = { name: "photos:read", description: "See your photos", sensitive: false, optional: false };
  await createScope(app.id, scope, OPERATOR).catch(() => {});
  return { params: { scope: scope.name } };
}

async function withoutScope(app: TestApp) {
  await deleteScope(app.id, "photos:read", OPERATOR).catch(() => {});
  return {};
}

let claims = 0;

async function withClaim(app: TestApp) {
  const body = { name: `plan${++claims}`, source: { public_metadata: "plan" }, targets: ["userinfo"] };
  return { params: { claim_id: (await manage(app, "POST", "/claims", { body })).body.id } };
}

let resources = 0;

async function withResource(app: TestApp) {
  const body = { identifier: `https://resource${++resources}.example/api`, name: "Photos API" };
  return { params: { resource_id: (await manage(app, "POST", "/resources", { body })).body.id } };
}

async function key(app: TestApp) {
  const { body } = await manage(app, "POST", "/keys", { body: { name: "another" } });
  return { params: { key_id: body.key_id } };
}

async function signingKey(app: TestApp) {
  const { data } = (await manage(app, "GET", "/signing-keys")).body;
  return { params: { kid: data.find(({ status }: { status: string }) => status === "active").kid } };
}

async function session(app: TestApp) {
  const { params } = await user(app);
  const { data } = (await manage(app, "GET", `/users/${params.user_id}/sessions`)).body;
  return { params: { ...params, session_id: data[0].id } };
}

/** A user with an authenticator app, and the factor's ID. */
export async function withFactor(app: TestApp) {
  const user = await someTotpUser(app);
  const { data } = (await mfa.list(app, user.token)).body;
  return { user, bearer: user.token, params: { user_id: user.userId, factor_id: data[0].id as string } };
}

/** The same with the API key of the app. */
async function managedFactor(app: TestApp) {
  return { params: (await withFactor(app)).params };
}

async function secondStep(app: TestApp, { title }: RequestExample) {
  const user = await someTotpUser(app);
  const mfa_token = await firstStep(app, user.email);
  if (title === "Code") return { body: { mfa_token, code: codeOf(user.secret) } };
  return { body: { mfa_token, recovery_code: user.recoveryCodes[0] } };
}

/** A user of an app with emailed codes, who has got one. */
async function emailedFactor(confirms: boolean) {
  const app = await someApp();
  await manage(app, "PATCH", "", { body: { settings: { mfa_methods: ["totp", "email"] } } });
  const { token: bearer, email } = await someSession(app.id);
  if (!confirms) return { app, bearer };
  await ask(`/api/auth/mfa/email/${app.id}`, { method: "POST", bearer });
  const { content } = await lastMail(email);
  return { app, bearer, body: { code: /\b\d{6}\b/.exec(content.text)?.[0] ?? "" } };
}

/** A sign-in that an emailed code can complete. */
async function emailedChallenge() {
  const app = await someApp();
  const { email } = await someTotpUser(app);
  await manage(app, "PATCH", "", { body: { settings: { mfa: "required", mfa_methods: ["totp", "email"] } } });
  await db().user.updateMany({ where: { appId: app.id, email }, data: { emailVerifiedAt: new Date() } });
  return { app, body: { mfa_token: await firstStep(app, email) } };
}

async function enrolling(app: TestApp) {
  const { token: bearer } = await someSession(app.id);
  const { secret } = (await mfa.enroll(app, { bearer })).body;
  return { bearer, body: { code: codeOf(secret) } };
}

async function withPasskey(app: TestApp) {
  const user = await somePasskeyUser(app);
  return { bearer: user.token, params: { passkey_id: user.passkeyId, user_id: user.userId } };
}

async function passkeyAnswer(app: TestApp) {
  const { authenticator } = await somePasskeyUser(app);
  const { body } = await passkeys.options(app);
  return { body: { response: authenticator.get(body) } };
}

async function registration(app: TestApp) {
  const { token: bearer } = await someSession(app.id);
  const { body } = await passkeys.creationOptions(app, { bearer });
  return { bearer, body: { response: someAuthenticator().create(body) } };
}

const signedIn = async (app: TestApp) => ({ bearer: (await someSession(app.id)).token });

async function invitation(app: TestApp) {
  const { body } = await manage(app, "POST", "/invitations", { body: { email: someEmail("carol") } });
  return { params: { invitation_id: body.id } };
}

async function event(app: TestApp) {
  await user(app);
  return { params: { event_id: (await manage(app, "GET", "/events")).body.data[0].id } };
}

/** A user with tokens of a client. */
async function authorized(app: TestApp) {
  const [one, browser] = [await someClient(app), new Browser(app)];
  const tokens = await getTokens(one, browser);
  return { client: one, tokens, params: { user_id: await browser.userId(), client_id: one.id } };
}

async function tokenRequest(app: TestApp, { title }: RequestExample): Promise<Partial<Given>> {
  if (title === "Refresh") {
    const { client: one, tokens } = await authorized(app);
    return { client: one, body: { refresh_token: tokens.refresh_token } };
  }
  if (title === "Client credentials") {
    const machine = {
      client_name: "Machine",
      grant_types: ["client_credentials" as const],
      redirect_uris: [],
      scopes: [],
    };
    return { client: await someClient(app, machine) };
  }
  if (title === "Device code") {
    const device = await someDeviceClient(app, { public: false });
    const started = await startDevice(device);
    await allowDevice(new Browser(app), started);
    return { client: device, body: { device_code: started.device_code } };
  }
  if (title === "Token exchange") {
    await withScope(app);
    const from = await someClient(app, { scopes: ["openid", "photos:read"] });
    const { access_token } = await getTokens(from, new Browser(app), { scope: "openid photos:read" });
    const grant_types = ["urn:ietf:params:oauth:grant-type:token-exchange" as const];
    const to = await someClient(app, { grant_types, redirect_uris: [], scopes: ["photos:read"] });
    return { client: to, body: { subject_token: access_token } };
  }
  const one = await someClient(app);
  return { client: one, body: exchangeFields(one, await getCode(new Browser(app), one)) };
}

async function logoutRequest(app: TestApp) {
  const { tokens } = await authorized(app);
  return { id_token_hint: tokens.id_token, post_logout_redirect_uri: POST_LOGOUT_URI };
}

async function authorizeRequest(app: TestApp) {
  const one = await someClient(app);
  return { client_id: one.id, redirect_uri: one.redirectUri };
}

async function returnUrl(app: TestApp) {
  const settings = { return_urls: ["https://blog.example/signed-in"] };
  await manage(app, "PATCH", "", { body: { settings } });
  return {};
}

export async function mailedLink(app: TestApp, email = someEmail()) {
  await sendMagicLink(await getApp(app.id), { email: emailAddress(email) }, OPERATOR);
  const { token, content } = await lastMail(email);
  return { email, token, code: /\b\d{3} ?\d{3}\b/.exec(content.text)?.[0] ?? "" };
}

export async function deliveredCode(app: TestApp, userId: string): Promise<string> {
  const where = { appId_id: { appId: app.id, id: userId } };
  const who = await db().user.findUniqueOrThrow({ where, select: USER_FIELDS });
  const proof = { by: OPERATOR, identify: async () => ({ user: who, method: "magic_link", amr: ["otp"] }) };
  const to = { redirectUri: "https://blog.example/signed-in", delivery: "code" } as const;
  return returned(await deliverSignIn(await getApp(app.id), proof, to, someBrowser())).parameters.code ?? "";
}

/** A connection with the GitHub stand-in, and the return URL of the example. */
async function connected(app: TestApp) {
  const input = { ...(await toStandIn()), redirect_uris: ["https://blog.example/signed-in"], enabled: true };
  await setConnection(await getApp(app.id), input, OPERATOR);
  return { params: { connection: "github" } };
}

async function unconnected(app: TestApp) {
  for (const { connection } of await listConnections(app.id)) await deleteConnection(app.id, connection, OPERATOR);
  return {};
}

/** A browser that the provider redirects back to Foyer. */
export async function sentBack(app: TestApp) {
  const { params } = await connected(app);
  const browser = new Browser(app);
  const page = await begin(browser, { redirect_uri: "https://blog.example/signed-in" });
  const { searchParams } = new URL(await chooseAt(page));
  const query = { code: searchParams.get("code") ?? "", state: searchParams.get("state") ?? "" };
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  return { params, query, headers: { cookie } };
}

/** An app with open registration. Its own, since the registrations of an app are limited. */
async function openApp() {
  const app = await someApp();
  await manage(app, "PATCH", "", { body: { settings: { registration: "open" } } });
  return { app };
}

/** A client that registered itself. */
async function registered() {
  const { app } = await openApp();
  const body = { redirect_uris: ["https://agent.example/callback"] };
  const information = await call(register, { method: "POST", params: { app: app.id }, body, ip: newIpAddress() });
  const { client_id, registration_access_token: bearer } = information.body;
  return { app, bearer, params: { client_id } };
}

/** Creates what the example of each operation needs, and returns its values. */
export const ARRANGE: Record<string, Arrange> = {
  signUp: async (_, { body }) => ({ body: { email: someEmail(), password: body?.password as string } }),
  logIn: async (app) => ({ body: { email: (await someSession(app.id)).email, password: SOME_PASSWORD } }),
  sendMagicLink: returnUrl,
  sendEmailCode: async (app) => {
    await manage(app, "PATCH", "", { body: { settings: { methods: { email_code: true } } } });
    return {};
  },
  openMagicLink: async (app) => ({ query: { token: (await mailedLink(app)).token } }),
  useMagicLink: async (app, { title }) => {
    const { token, email, code } = await mailedLink(app);
    return { body: title === "Link" ? { token } : { email, code } };
  },
  redeemCode: async (app) => ({ body: { code: await deliveredCode(app, (await someSession(app.id)).userId) } }),
  startSocial: connected,
  socialCallback: sentBack,
  refreshSession: async (app) => ({ body: { refresh_token: (await someSession(app.id)).refreshToken } }),
  logOut: async (app) => ({ body: { refresh_token: (await someSession(app.id)).refreshToken } }),
  whoAmI: async (app) => ({ bearer: (await someSession(app.id)).token }),
  sendVerification: nothing,
  forgotPassword: nothing,
  resetPassword: async (app) => ({ body: { token: (await someResetLink(app)).token } }),
  changePassword: signedIn,
  changeEmail: async (app) => ({
    ...(await signedIn(app)),
    body: { email: someEmail("moved"), password: SOME_PASSWORD },
  }),
  exportAccount: signedIn,
  closeAccount: signedIn,
  sendPasswordReset: user,
  challengeSecondFactor: emailedChallenge,
  verifySecondFactor: secondStep,
  enrollEmailFactor: () => emailedFactor(false),
  confirmEmailFactor: () => emailedFactor(true),
  enrollTotp: signedIn,
  confirmTotp: enrolling,
  passkeyOptions: nothing,
  passkeySignIn: passkeyAnswer,
  passkeyCreationOptions: signedIn,
  registerPasskey: registration,
  listPasskeys: withPasskey,
  renamePasskey: withPasskey,
  removePasskey: withPasskey,
  listOwnFactors: withFactor,
  removeOwnFactor: withFactor,
  renewRecoveryCodes: withFactor,
  listUserFactors: managedFactor,
  resetUserFactors: managedFactor,
  removeUserFactor: managedFactor,
  listInvitations: invitation,
  inviteUser: async (app) => ({ ...(await returnUrl(app)), body: { email: someEmail("carol") } }),
  withdrawInvitation: invitation,
  listUsers: async (app) => {
    await someSession(app.id, someEmail("carol"));
    return {};
  },
  createUser: async () => ({ body: { email: someEmail("carol") } }),
  getUser: user,
  updateUser: user,
  deleteUser: user,
  listSessions: user,
  endSession: session,
  endAllSessions: user,
  listConnectedApps: authorized,
  disconnectApp: authorized,
  listClients: client,
  createClient: nothing,
  getClient: client,
  updateClient: client,
  deleteClient: client,
  listClientSecrets: client,
  rotateClientSecret: client,
  revokeClientSecret: secondSecret,
  listScopes: nothing,
  createScope: withoutScope,
  getScope: withScope,
  updateScope: withScope,
  deleteScope: withScope,
  listClaims: withClaim,
  createClaim: nothing,
  getClaim: withClaim,
  updateClaim: withClaim,
  deleteClaim: withClaim,
  listResources: withResource,
  createResource: nothing,
  getResource: withResource,
  updateResource: withResource,
  deleteResource: withResource,
  authorize: async (app) => ({ query: await authorizeRequest(app) }),
  authorizeByPost: async (app) => ({ body: await authorizeRequest(app) }),
  pushAuthorizationRequest: async (app) => {
    const one = await someClient(app);
    return { client: one, body: { client_id: one.id, redirect_uri: one.redirectUri } };
  },
  token: tokenRequest,
  deviceAuthorization: async (app) => ({ client: await someDeviceClient(app, { public: false }) }),
  introspect: async (app) => {
    const { client: one, tokens } = await authorized(app);
    return { client: one, body: { token: tokens.access_token } };
  },
  revoke: async (app) => {
    const { client: one, tokens } = await authorized(app);
    return { client: one, body: { token: tokens.refresh_token } };
  },
  userinfo: async (app) => ({ bearer: (await authorized(app)).tokens.access_token }),
  userinfoByPost: async (app) => ({ body: { access_token: (await authorized(app)).tokens.access_token } }),
  logout: async (app) => ({ query: await logoutRequest(app) }),
  logoutByPost: async (app) => ({ body: await logoutRequest(app) }),
  registerClient: openApp,
  getRegistration: registered,
  updateRegistration: async () => {
    const given = await registered();
    return { ...given, body: { client_id: given.params.client_id } };
  },
  deleteRegistration: registered,
  discovery: nothing,
  jwks: nothing,
  getApp: nothing,
  // Its own app, since it closes sign-up, which other examples need.
  updateApp: async () => ({ app: await someApp() }),
  listConnections: connected,
  createConnection: unconnected,
  getConnection: connected,
  updateConnection: connected,
  deleteConnection: connected,
  listMembers: nothing,
  listApiKeys: nothing,
  createApiKey: nothing,
  getApiKey: key,
  revokeApiKey: key,
  listSigningKeys: nothing,
  rotateSigningKeys: nothing,
  retireSigningKey: signingKey,
  listEvents: user,
  getEvent: event,
  live: nothing,
  ready: nothing,
  metrics: async () => ({ ip: "127.0.0.1" }),
  openapi: nothing,
};

export async function arrange(operation: Operation, example: RequestExample, app: TestApp): Promise<Given> {
  const prepare = ARRANGE[operation.id];
  if (!prepare) throw new Error(`Add ${operation.id} to ARRANGE in test/support/reference.ts.`);
  const given = { app, ...(await prepare(app, example)) };
  return { ...given, params: { app_id: given.app.id, app: given.app.id, ...given.params } };
}

/** Replaces placeholders. The example must have each name, so that the request stays the documented one. */
function fill<Values extends Record<string, unknown>>(
  operation: Operation,
  example: Values | undefined,
  values: Values | undefined,
) {
  for (const name of Object.keys(values ?? {}))
    if (!Object.hasOwn(example ?? {}, name)) throw new Error(`The example of ${operation.id} has no ${name}.`);
  return example && { ...example, ...values };
}

function credentialOf(operation: Operation, given: Given): Pick<CallOptions, "bearer" | "headers"> {
  const [first] = callFacts(operation).security;
  if (first === "apiKey") return { bearer: given.bearer ?? given.app.apiKey };
  if (first === "userToken" || first === "registrationToken") return { bearer: given.bearer };
  return first === "clientSecret" && given.client ? { headers: basic(given.client) } : {};
}

/** Sends an example. `changes` override everything else. */
export function sendExample(
  operation: Operation,
  example: RequestExample,
  given: Given,
  changes: CallOptions = {},
): Promise<TestResponse> {
  const { form } = callFacts(operation);
  const query = fill(operation, example.query, given.query);
  const body = fill(operation, example.body, given.body);
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => given.params?.[name] ?? name);
  const credential = credentialOf(operation, given);
  const type: Record<string, string> = form && body ? { "content-type": "application/x-www-form-urlencoded" } : {};
  return call(operation.handler, {
    method: operation.method.toUpperCase(),
    params: given.params,
    path: query ? `${path}?${new URLSearchParams(query)}` : path,
    body: form && body ? encode(body as Record<string, string>) : body,
    ip: given.ip ?? newIpAddress(),
    ...credential,
    ...changes,
    headers: {
      ...type,
      ...given.headers,
      ...(example.accept && { accept: example.accept }),
      ...credential.headers,
      ...changes.headers,
    },
  });
}
