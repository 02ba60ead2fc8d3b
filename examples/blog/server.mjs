// An example blog: readers sign in with a password, a magic link or GitHub. Its API serves photos to
// third parties that the reader has allowed. Copy it to start. Needs: npm install jose
// FOYER_URL=http://localhost:8000 FOYER_APP_ID=app_… FOYER_API_KEY=foyer_sk_… \
//   BLOG_URL=http://127.0.0.1:3000 node server.mjs
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { home, PHOTOS, page } from "./pages.mjs";

const { FOYER_URL = "http://localhost:8000", FOYER_APP_ID: app, FOYER_API_KEY: key } = process.env;
const { BLOG_URL = "http://127.0.0.1:3000" } = process.env;
if (!app || !key) {
  console.error("Set FOYER_APP_ID and FOYER_API_KEY to the ID and an API key of your app.");
  process.exit(1);
}
const issuer = `${FOYER_URL}/o/${app}`;
const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
const returnUrl = `${BLOG_URL}/signed-in`;

/** Calls the API with the app's key. → the body; throws the error's description */
async function foyer(path, body) {
  const response = await fetch(`${FOYER_URL}/api/auth/${path}/${app}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const result = response.status === 204 ? null : await response.json();
  if (!response.ok) throw new Error(result.error_description);
  return result;
}

const cookie = (name, value, seconds) => `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;
const sessionCookies = ({ token, refresh_token: refresh }) => [
  cookie("blog_token", token, 86_400),
  cookie("blog_refresh", refresh, 30 * 86_400),
];
const clearedCookies = [cookie("blog_token", "", 0), cookie("blog_refresh", "", 0)];

/** The signed-in reader. Verifies the token locally and refreshes an expired one. */
async function findReader(cookies) {
  const verify = (token) => jwtVerify(token, keys, { issuer, audience: app, typ: "at+jwt" });
  try {
    return { user: (await verify(cookies.blog_token)).payload };
  } catch {
    if (!cookies.blog_refresh) return { user: null };
    const session = await foyer("refresh", { refresh_token: cookies.blog_refresh }).catch(() => null);
    if (!session) return { user: null, setCookie: clearedCookies };
    return { user: (await verify(session.token)).payload, setCookie: sessionCookies(session) };
  }
}

/** Accepts a third party's token: its audience is the issuer, and it needs the scope. */
async function mayReadPhotos(authorization = "") {
  const token = authorization.replace(/^Bearer /, "");
  const verified = await jwtVerify(token, keys, { issuer, audience: issuer, typ: "at+jwt" }).catch(() => null);
  return verified?.payload.scope.split(" ").includes("photos:read") ?? false;
}

const routes = {
  "GET /": async ({ reader, query }) => ({ html: home(reader, query) }),
  "GET /private": async ({ reader }) =>
    reader
      ? { html: page("Readers-only page", `<p>Welcome, <code>${reader.sub}</code>. <a href="/">Back</a></p>`) }
      : { to: "/" },
  "POST /signup": async ({ form }) => ({ to: "/", setCookie: sessionCookies(await foyer("credentials/signup", form)) }),
  "POST /login": async ({ form }) => ({ to: "/", setCookie: sessionCookies(await foyer("credentials/login", form)) }),
  "POST /mail-me": async ({ form }) => {
    const state = randomUUID();
    await foyer("magic-link", { email: form.email, redirect_uri: returnUrl, state });
    return { to: "/?sent=1", setCookie: [cookie("blog_state", state, 900)] };
  },
  "GET /github": async () => {
    const state = randomUUID();
    const query = new URLSearchParams({ redirect_uri: returnUrl, state });
    return { to: `${FOYER_URL}/api/auth/github/${app}?${query}`, setCookie: [cookie("blog_state", state, 900)] };
  },
  // Both redirect here with a single-use code. `state` proves that this browser started the sign-in.
  "GET /signed-in": async ({ query, cookies }) => {
    if (query.error) throw new Error(query.error_description ?? query.error);
    if (!query.state || query.state !== cookies.blog_state)
      throw new Error("This sign-in was started in another browser.");
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

createServer(async (request, response) => {
  const url = new URL(request.url, BLOG_URL);
  const cookies = Object.fromEntries((request.headers.cookie ?? "").split("; ").map((pair) => pair.split(/=(.*)/s)));
  const form =
    request.method === "POST" ? Object.fromEntries(new URLSearchParams((await request.toArray()).join(""))) : {};
  const route = routes[`${request.method} ${url.pathname}`];
  const isCrossSite = request.method === "POST" && request.headers["sec-fetch-site"] === "cross-site";
  const { user: reader, setCookie: refreshed = [] } = await findReader(cookies);
  const input = { form, cookies, reader, query: Object.fromEntries(url.searchParams), headers: request.headers };
  const result =
    !route || isCrossSite
      ? { status: 404, html: page("Page not found", '<p><a href="/">Go to the blog</a></p>') }
      : await route(input).catch((error) => ({ to: `/?error=${encodeURIComponent(error.message)}` }));
  response.setHeader("Set-Cookie", [...refreshed, ...(result.setCookie ?? [])]);
  if (result.to) return response.writeHead(303, { Location: result.to }).end();
  response.statusCode = result.status ?? 200;
  response.setHeader("Content-Type", result.json ? "application/json" : "text/html; charset=utf-8");
  response.end(result.json ? JSON.stringify(result.json) : result.html);
}).listen(new URL(BLOG_URL).port, new URL(BLOG_URL).hostname, () => console.log(`The blog is at ${BLOG_URL}`));
