// An example blog: readers sign in with a password, a magic link or GitHub. Its API serves photos to
// third parties that the reader has allowed. Copy it to start. Needs: npm install jose
// FOYER_URL=http://localhost:8000 FOYER_APP_ID=app_… FOYER_API_KEY=foyer_sk_… \
//   BLOG_URL=http://127.0.0.1:3000 node server.mjs
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { addFactor, home, PHOTOS, page, recoveryCodes, useFactor } from "./pages.mjs";

const { FOYER_URL = "http://localhost:8000", FOYER_APP_ID: app, FOYER_API_KEY: key } = process.env;
const { BLOG_URL = "http://127.0.0.1:3000" } = process.env;
if (!app || !key) {
  console.error("Set FOYER_APP_ID and FOYER_API_KEY to the ID and an API key of your app.");
  process.exit(1);
}
const issuer = `${FOYER_URL}/o/${app}`;
const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
const returnUrl = `${BLOG_URL}/signed-in`;

/** An error whose message is for the reader. All others are for the operator of the blog. */
class ReaderError extends Error {}

const UNAVAILABLE = "That isn’t possible right now. Please try again later.";

/** The password or link was right, and a second factor is missing. The reader continues with its token. */
class FactorNeeded extends Error {
  constructor({ error_description, mfa_token, error }) {
    super(error_description);
    this.token = mfa_token;
    this.page = error === "mfa_required" ? "/second-factor" : "/second-factor/new";
  }
}

/** What readers can correct themselves: email address, password, or too many attempts. */
function isForReader({ error, fields = {} }) {
  if (["invalid_credentials", "email_taken", "rate_limited", "invalid_code"].includes(error)) return true;
  const names = Object.keys(fields);
  return names.length > 0 && names.every((name) => name === "email" || name === "password");
}

/** The body of a response. Throws for an error. */
async function readBody(response) {
  const result = response.status === 204 ? null : await response.json();
  if (response.ok) return result;
  if (result.mfa_token && result.methods.includes("totp")) throw new FactorNeeded(result);
  if (result.mfa_token) throw new ReaderError("This blog knows only authenticator apps as a second factor.");
  const { error: cause, error_description: message } = result;
  throw isForReader(result) ? new ReaderError(message) : new Error(message, { cause });
}

/** Calls the API with the app's key. Some paths continue after the app's ID. */
async function foyer(path, body, rest) {
  const response = await fetch([`${FOYER_URL}/api/auth/${path}/${app}`, rest].filter(Boolean).join("/"), {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return readBody(response);
}

const cookie = (name, value, seconds) => `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;
const sessionCookies = ({ token, refresh_token: refresh }) => [
  cookie("blog_token", token, 86_400),
  cookie("blog_refresh", refresh, 30 * 86_400),
];
const clearedCookies = [cookie("blog_token", "", 0), cookie("blog_refresh", "", 0)];

/** The signed-in reader. Verifies the token locally and refreshes an expired one. */
async function findReader(cookies) {
  const verify = async (token) => {
    const { payload } = await jwtVerify(token, keys, { issuer, audience: app, typ: "at+jwt" });
    return { id: payload.sub, token };
  };
  try {
    return { reader: await verify(cookies.blog_token) };
  } catch {
    if (!cookies.blog_refresh) return { reader: null };
    const session = await foyer("refresh", { refresh_token: cookies.blog_refresh }).catch(() => null);
    if (!session) return { reader: null, setCookie: clearedCookies };
    return { reader: await verify(session.token), setCookie: sessionCookies(session) };
  }
}

/** The reader's name or email address, which tokens don't contain. */
async function nameOf(reader) {
  const response = await fetch(`${FOYER_URL}/api/me`, { headers: { Authorization: `Bearer ${reader.token}` } });
  const { name, email } = await readBody(response);
  return name ?? email;
}

/** Accepts a third party's token: its audience is the issuer, and it needs the scope. */
async function mayReadPhotos(authorization = "") {
  const token = authorization.replace(/^Bearer /, "");
  const verified = await jwtVerify(token, keys, { issuer, audience: issuer, typ: "at+jwt" }).catch(() => null);
  return verified?.payload.scope.split(" ").includes("photos:read") ?? false;
}

const routes = {
  "GET /": async ({ reader, query }) => {
    const name = reader && (await nameOf(reader).catch(() => null));
    // The session was revoked, or Foyer doesn't respond.
    return { html: home(name, query) };
  },
  "GET /private": async ({ reader }) =>
    reader ? { html: page("Readers-only page", '<p>Welcome. <a href="/">Back</a></p>') } : { to: "/" },
  "POST /signup": async ({ form }) => ({ to: "/", setCookie: sessionCookies(await foyer("credentials/signup", form)) }),
  "POST /login": async ({ form }) => ({ to: "/", setCookie: sessionCookies(await foyer("credentials/login", form)) }),
  // A code of 6 digits comes from an authenticator app, a longer one is a recovery code.
  "GET /second-factor": async ({ query }) => ({ html: useFactor(query) }),
  "POST /second-factor": async ({ form: { code = "" }, cookies }) => {
    const answer = code.replace(/\s/g, "").length > 6 ? { recovery_code: code } : { code };
    const session = await foyer("mfa/verify", { mfa_token: cookies.blog_mfa, ...answer }).catch(
      again("/second-factor"),
    );
    return { to: "/", setCookie: [...sessionCookies(session), cookie("blog_mfa", "", 0)] };
  },
  // The app requires a second factor, and the reader has none yet.
  "GET /second-factor/new": async ({ query, cookies }) => {
    // After a wrong code, the reader's app still has the secret.
    if (query.error) return { html: addFactor(query) };
    const { secret, qr_svg: qr } = await foyer("mfa/totp", { mfa_token: cookies.blog_mfa });
    return { html: addFactor(query, { secret, qr }) };
  },
  "POST /second-factor/new": async ({ form: { code }, cookies }) => {
    const { recovery_codes: codes, ...session } = await foyer(
      "mfa/totp",
      { mfa_token: cookies.blog_mfa, code },
      "confirm",
    ).catch(again("/second-factor/new"));
    return { html: recoveryCodes(codes), setCookie: [...sessionCookies(session), cookie("blog_mfa", "", 0)] };
  },
  "POST /mail-me": async ({ form }) => {
    const state = randomUUID();
    await foyer("magic-link", { email: form.email, redirect_uri: returnUrl, state });
    return { to: "/?sent=1", setCookie: [cookie("blog_state", state, 900)] };
  },
  "GET /github": async () => {
    const state = randomUUID();
    const query = new URLSearchParams({ redirect_uri: returnUrl, state });
    // As JSON, so that a connection that doesn't exist yet is noticed here and not by the reader.
    const response = await fetch(`${FOYER_URL}/api/auth/github/${app}?${query}`, {
      headers: { Accept: "application/json" },
    });
    const { url } = await readBody(response);
    return { to: url, setCookie: [cookie("blog_state", state, 900)] };
  },
  // Both redirect here with a single-use code. `state` proves that this browser started the sign-in.
  "GET /signed-in": async ({ query, cookies }) => {
    if (query.error === "access_denied") throw new ReaderError("You canceled the sign-in.");
    if (query.error) throw new Error(query.error_description ?? query.error);
    if (!query.state || query.state !== cookies.blog_state)
      throw new ReaderError("This sign-in was started in another browser.");
    if (!query.code)
      throw new Error(`The app sends tokens instead of codes. Run:
  npm run -s foyer -- apps update --app ${app} --setting delivery=code`);
    return {
      to: "/",
      setCookie: [...sessionCookies(await foyer("exchange", { code: query.code })), cookie("blog_state", "", 0)],
    };
  },
  "POST /logout": async ({ cookies }) => {
    if (cookies.blog_refresh) await foyer("logout", { refresh_token: cookies.blog_refresh }).catch(() => {});
    return { to: "/", setCookie: clearedCookies };
  },
  "GET /api/photos": async ({ headers }) =>
    (await mayReadPhotos(headers.authorization)) ? { json: PHOTOS } : { status: 401, json: { error: "invalid_token" } },
};

/** Shows readers their own errors. The others go to the terminal. */
function failed(error) {
  if (error instanceof FactorNeeded) return { to: error.page, setCookie: [cookie("blog_mfa", error.token, 300)] };
  if (!(error instanceof ReaderError)) console.error(error.message);
  const message = error instanceof ReaderError ? error.message : UNAVAILABLE;
  return { to: `${error.page ?? "/"}?error=${encodeURIComponent(message)}` };
}

/** The reader corrects a wrong code on the same page. An mfa_token is valid for five minutes. */
function again(page) {
  return (error) => {
    if (error.cause === "invalid_token") throw new ReaderError("That took too long. Please sign in again.");
    if (error instanceof ReaderError) error.page = page;
    throw error;
  };
}

createServer(async (request, response) => {
  const url = new URL(request.url, BLOG_URL);
  // Cookies belong to one host name: localhost and 127.0.0.1 are two.
  if (request.method === "GET" && request.headers.host !== new URL(BLOG_URL).host)
    return response.writeHead(307, { Location: BLOG_URL + request.url }).end();
  const cookies = Object.fromEntries((request.headers.cookie ?? "").split("; ").map((pair) => pair.split(/=(.*)/s)));
  const form =
    request.method === "POST" ? Object.fromEntries(new URLSearchParams((await request.toArray()).join(""))) : {};
  const route = routes[`${request.method} ${url.pathname}`];
  const isCrossSite = request.method === "POST" && request.headers["sec-fetch-site"] === "cross-site";
  const { reader, setCookie: refreshed = [] } = await findReader(cookies);
  const input = { form, cookies, reader, query: Object.fromEntries(url.searchParams), headers: request.headers };
  const result =
    !route || isCrossSite
      ? { status: 404, html: page("Page not found", '<p><a href="/">Go to the blog</a></p>') }
      : await route(input).catch(failed);
  response.setHeader("Set-Cookie", [...refreshed, ...(result.setCookie ?? [])]);
  if (result.to) return response.writeHead(303, { Location: result.to }).end();
  response.statusCode = result.status ?? 200;
  response.setHeader("Content-Type", result.json ? "application/json" : "text/html; charset=utf-8");
  response.end(result.json ? JSON.stringify(result.json) : result.html);
}).listen(new URL(BLOG_URL).port, new URL(BLOG_URL).hostname, () => console.log(`The blog is at ${BLOG_URL}`));
