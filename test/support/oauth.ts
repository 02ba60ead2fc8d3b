/** An OAuth client and its users' browsers: authorize → sign up → consent → code → tokens. */
import { createHash, randomBytes, randomInt } from "node:crypto";
import { expect } from "vitest";
import { db } from "@/lib/database/client";
import { createRouter, type Method, type RouteModule } from "@/lib/http/router";
import { createClient, updateClient } from "@/lib/oauth/clients/clients";
import type { ClientInput } from "@/lib/oauth/clients/inputs";
import { createScope } from "@/lib/oauth/scopes/scopes";
import { sessionCookieName } from "@/lib/sessions/cookie";
import { listRoutes } from "@/scripts/bootstrap/routes.mjs";
import { call, type TestResponse } from "./call";
import { TEST_PUBLIC_URL } from "./environment";
import { SOME_PASSWORD, someEmail, type TestApp } from "./factories";

export const REDIRECT_URI = "https://photos.example/cb";
export const POST_LOGOUT_URI = "https://photos.example/bye";

/** RFC 7636 §4.1, §4.2 */
export const VERIFIER = "a-verifier-of-the-tests-that-is-long-enough-0123";
export const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");

export const OPERATOR = { type: "operator" } as const;

const routes = listRoutes(`${process.cwd()}/app`);
const findRoute = createRouter(routes.map(({ path, file }) => ({ path, module: { file } as RouteModule })));

export interface SendOptions {
  method?: Method;
  /** Sent URL-encoded with POST. */
  form?: Fields;
  bearer?: string;
  headers?: Record<string, string>;
  ip?: string;
}

/** Omits undefined parameters, and repeats a parameter for each value of an array. */
export type Fields = Record<string, string | string[] | undefined> | string;

export function encode(fields: Fields): string {
  if (typeof fields === "string") return fields;
  const pairs = Object.entries(fields).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one]));
  return new URLSearchParams(pairs).toString();
}

/** Finds the handler of a URL, as server.ts does. */
export async function findHandler(method: string, address: string) {
  const { pathname } = new URL(address, TEST_PUBLIC_URL);
  const match = findRoute(pathname);
  if (!match) throw new Error(`no route matches ${pathname}`);
  const { file } = match.module as unknown as { file: string };
  const handler = ((await import(/* @vite-ignore */ file)) as RouteModule)[method as Method];
  if (!handler) throw new Error(`${pathname} has no ${method}`);
  return { handler, params: match.params as Record<string, string> };
}

/** Calls the handler of a relative or absolute URL. */
export async function send(address: string, options: SendOptions = {}): Promise<TestResponse> {
  const url = new URL(address, TEST_PUBLIC_URL);
  const method = options.method ?? (options.form === undefined ? "GET" : "POST");
  const { handler, params } = await findHandler(method, address);
  const form = options.form !== undefined;
  const type: Record<string, string> = form ? { "content-type": "application/x-www-form-urlencoded" } : {};
  return call(handler, {
    method,
    params,
    path: `${url.pathname}${url.search}`,
    body: options.form === undefined ? undefined : encode(options.form),
    bearer: options.bearer,
    headers: { ...type, ...options.headers },
    ip: options.ip,
  });
}

export function newIpAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
}

/** A user's browser: its cookies, IP address, and the email address that the user types. */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** Cookie → the path that it is sent to, where that isn't `/`. */
  readonly #paths = new Map<string, string>();
  readonly ip = newIpAddress();
  /** Every Set-Cookie header it received. */
  readonly received: string[] = [];
  registered = false;

  constructor(
    readonly app: TestApp,
    readonly email = someEmail(),
  ) {}

  async open(address: string, options: SendOptions = {}): Promise<TestResponse> {
    const { pathname } = new URL(address, TEST_PUBLIC_URL);
    const sent = [...this.cookies].filter(([name]) => `${pathname}/`.startsWith(`${this.#paths.get(name) ?? ""}/`));
    const cookie = sent.map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await send(address, { ip: this.ip, ...options, headers: { cookie, ...options.headers } });
    for (const line of answer.headers.getSetCookie()) {
      this.received.push(line);
      const [pair = ""] = line.split(";");
      const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
      this.#paths.set(name, /; Path=(\/[^;]*[^;/])/.exec(line)?.[1] ?? "");
      if (value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  /** Submits the form of a hosted page: `screen` is `signin`, `consent`, `account/profile`, … */
  submit(screen: string, form: Fields, headers: Record<string, string> = {}): Promise<TestResponse> {
    return this.open(`/o/${this.app.id}/${screen}/submit`, {
      form,
      headers: { "sec-fetch-site": "same-origin", ...headers },
    });
  }

  signIn(interaction: string, password = SOME_PASSWORD, email = this.email): Promise<TestResponse> {
    return this.submit("signin", { interaction, email, password });
  }

  async signUp(interaction: string): Promise<TestResponse> {
    const answer = await this.submit("signup", { interaction, email: this.email, password: SOME_PASSWORD });
    this.registered = true;
    return answer;
  }

  /** The ID of the signed-in user. */
  async userId(): Promise<string> {
    return (await this.session()).userId;
  }

  session() {
    const id = (this.cookies.get(sessionCookieName(this.app.id)) ?? "").split(".")[0] ?? "";
    return db().session.findUniqueOrThrow({ where: { appId_id: { appId: this.app.id, id } } });
  }
}

export interface TestClient {
  app: TestApp;
  id: string;
  /** null for a public client. */
  secret: string | null;
  redirectUri: string;
}

export async function someClient(app: TestApp, input: Partial<ClientInput> = {}): Promise<TestClient> {
  const created = await createClient(
    app.id,
    {
      client_name: "SuperPhotoPrints",
      redirect_uris: [REDIRECT_URI],
      post_logout_redirect_uris: [POST_LOGOUT_URI],
      ...input,
    },
    OPERATOR,
  );
  const secret = (created as { client_secret?: string }).client_secret ?? null;
  return { app, id: created.client_id, secret, redirectUri: created.redirect_uris[0] ?? "" };
}

export function changeClient(client: TestClient, input: Partial<ClientInput>) {
  return updateClient(client.app.id, client.id, input, OPERATOR);
}

/** Creates two required scopes of the app and one optional scope. */
export async function someScopes(app: TestApp): Promise<void> {
  const scope = { sensitive: false, optional: false };
  await createScope(app.id, { ...scope, name: "photos:read", description: "See your photos" }, OPERATOR);
  await createScope(app.id, { ...scope, name: "photos:write", description: "Change your photos" }, OPERATOR);
  await createScope(app.id, { ...scope, name: "photos:share", description: "Share", optional: true }, OPERATOR);
}

export const OPENID = "openid profile email offline_access";

export function authorizeFields(client: TestClient, changes: Record<string, string | string[] | undefined> = {}) {
  return {
    response_type: "code",
    client_id: client.id,
    redirect_uri: client.redirectUri,
    scope: OPENID,
    state: "the-state",
    nonce: "the-nonce",
    code_challenge: CHALLENGE,
    code_challenge_method: "S256",
    ...changes,
  };
}

export function authorizeUrl(client: TestClient, changes: Record<string, string | string[] | undefined> = {}): string {
  return `/o/${client.app.id}/authorize?${encode(authorizeFields(client, changes))}`;
}

export function locationOf(answer: TestResponse): URL {
  return new URL(answer.headers.get("location") ?? "about:blank", TEST_PUBLIC_URL);
}

/** The hosted page (`signin`, `consent`, …) that a response redirects to; null for other URLs. */
export function screenOf(answer: TestResponse): string | null {
  const { origin, pathname } = locationOf(answer);
  return origin === TEST_PUBLIC_URL ? pathname.replace(/^\/o\/[^/]+\//, "") : null;
}

export function interactionOf(answer: TestResponse): string {
  return locationOf(answer).searchParams.get("interaction") ?? "";
}

/** Starts an interaction, up to its first page. → its ID */
export async function begin(browser: Browser, client: TestClient, changes = {}): Promise<string> {
  const answer = await browser.open(authorizeUrl(client, changes));
  expect(answer.status, JSON.stringify(answer.body)).toBe(303);
  return interactionOf(answer);
}

/** Starts an interaction, up to the consent page. → its ID */
export async function beginConsent(browser: Browser, client: TestClient, changes = {}): Promise<string> {
  const interaction = await begin(browser, client, changes);
  if (!browser.registered) await browser.signUp(interaction);
  return interaction;
}

export async function allow(browser: Browser, interaction: string, fields: Record<string, string> = {}) {
  return browser.submit("consent", { interaction, user: await browser.userId(), decision: "allow", ...fields });
}

const MAX_STEPS = 6;

/** Signs up or in and allows everything. → the redirect to the client */
export async function authorize(
  browser: Browser,
  client: TestClient,
  changes: Record<string, string | string[] | undefined> = {},
  ticked: Record<string, string> = {},
): Promise<URL> {
  return authorizeAt(browser, authorizeUrl(client, changes), ticked);
}

/** The same for a URL that a library built. */
export async function authorizeAt(
  browser: Browser,
  address: string,
  ticked: Record<string, string> = {},
): Promise<URL> {
  let answer = await browser.open(address);
  for (let step = 0; step < MAX_STEPS; step++) {
    expect(answer.status, JSON.stringify(answer.body)).toBe(303);
    const [screen, interaction] = [screenOf(answer), interactionOf(answer)];
    if (screen === null) return locationOf(answer);
    if (screen === "consent") answer = await allow(browser, interaction, ticked);
    else if (browser.registered) answer = await browser.signIn(interaction);
    else answer = await browser.signUp(interaction);
  }
  throw new Error(`no redirect to the client after ${MAX_STEPS} pages`);
}

export async function getCode(browser: Browser, client: TestClient, changes = {}, ticked = {}): Promise<string> {
  const location = await authorize(browser, client, changes, ticked);
  return location.searchParams.get("code") ?? expect.fail(`no code in ${location}`);
}

export function basic(client: Pick<TestClient, "id" | "secret">): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString("base64")}` };
}

/** POST to an endpoint of the client's issuer, with the client's credentials. */
export function post(
  client: TestClient,
  endpoint: string,
  form: Record<string, string | string[] | undefined>,
  more: Record<string, string> = {},
) {
  const [headers, id] = client.secret === null ? [{}, { client_id: client.id }] : [basic(client), {}];
  return send(`/o/${client.app.id}/${endpoint}`, { form: { ...id, ...form }, headers: { ...headers, ...more } });
}

export function exchangeFields(client: TestClient, code: string) {
  return { grant_type: "authorization_code", code, redirect_uri: client.redirectUri, code_verifier: VERIFIER };
}

export function exchangeCode(client: TestClient, code: string, changes: Record<string, string | undefined> = {}) {
  return post(client, "token", { ...exchangeFields(client, code), ...changes });
}

export function refreshTokens(client: TestClient, refreshToken: string, changes: Record<string, string> = {}) {
  return post(client, "token", { grant_type: "refresh_token", refresh_token: refreshToken, ...changes });
}

export interface Tokens {
  access_token: string;
  token_type: string;
  expires_in: number;
  scope: string;
  refresh_token: string;
  id_token: string;
}

/** Runs the whole authorization code flow. */
export async function getTokens(client: TestClient, browser = new Browser(client.app), changes = {}, ticked = {}) {
  const answer = await exchangeCode(client, await getCode(browser, client, changes, ticked));
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as Tokens;
}

/** The row of the grant that a token belongs to. */
export function grantOf(client: TestClient, token: string) {
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  return db().grant.findUniqueOrThrow({ where: { appId_id: { appId: client.app.id, id: claims.gid } } });
}

/** Asserts an error of RFC 6749 §5.2: its members, characters and headers. */
export function expectOAuthError(answer: TestResponse, status: number, code: string): void {
  expect({ status: answer.status, error: answer.body.error }).toEqual({ status, error: code });
  expect(Object.keys(answer.body).sort()).toEqual(["error", "error_description"]);
  expect(answer.body.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]{6,}$/);
  expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("x-request-id")).toBe("req_test");
}

export function randomText(bytes = 32): string {
  return randomBytes(bytes).toString("base64url");
}
