// A blog whose readers sign in through Foyer: with a password, a mailed link, or GitHub. It also shows Bob's photos to third parties that he has
// allowed in. Copy it to begin with. Needs: npm install jose
// FOYER_URL=http://localhost:8000 FOYER_APP_ID=app_… FOYER_API_KEY=foyer_sk_… BLOG_URL=http://127.0.0.1:3000 node server.mjs
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { home, PHOTOS, page } from "./pages.mjs";

const { FOYER_URL = "http://localhost:8000", FOYER_APP_ID: app, FOYER_API_KEY: key } = process.env;
const { BLOG_URL = "http://127.0.0.1:3000" } = process.env;
const issuer = `${FOYER_URL}/o/${app}`;
const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
const returnUrl = `${BLOG_URL}/signed-in`;

/** Calls the App's API with its key. → the answer; throws its sentence. */
async function foyer(path, body) {
  const response = await fetch(`${FOYER_URL}/api/auth/${path}/${app}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = response.status === 204 ? null : await response.json();
  if (!response.ok) throw new Error(answer.error_description);
  return answer;
}

const cookie = (name, value, seconds) => `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;
const keepSession = ({ token, refresh_token: refresh }) => [
  cookie("blog_token", token, 86_400),
  cookie("blog_refresh", refresh, 30 * 86_400),
];
const forgetSession = [cookie("blog_token", "", 0), cookie("blog_refresh", "", 0)];

/** Who is looking, by the token's signature alone; an expired one is refreshed once. */
async function findReader(cookies) {
  const verify = (token) => jwtVerify(token, keys, { issuer, audience: app, typ: "at+jwt" });
  try {
    return { user: (await verify(cookies.blog_token)).payload };
  } catch {
    if (!cookies.blog_refresh) return { user: null };
    const session = await foyer("refresh", { refresh_token: cookies.blog_refresh }).catch(() => null);
    if (!session) return { user: null, setCookie: forgetSession };
    return { user: (await verify(session.token)).payload, setCookie: keepSession(session) };
  }
}

/** A third party's token: for the issuer, not for the App, and only with the scope. */
async function mayReadPhotos(authorization = "") {
  const token = authorization.replace(/^Bearer /, "");
  const verified = await jwtVerify(token, keys, { issuer, audience: issuer, typ: "at+jwt" }).catch(() => null);
  return verified?.payload.scope.split(" ").includes("photos:read") ?? false;
}

const routes = {
  "GET /": async ({ reader, query }) => ({ html: home(reader, query) }),
  "GET /private": async ({ reader }) =>
    reader
      ? { html: page("For readers only", `<p>Welcome, <code>${reader.sub}</code>. <a href="/">Back</a></p>`) }
      : { to: "/" },
  "POST /signup": async ({ form }) => ({ to: "/", setCookie: keepSession(await foyer("credentials/signup", form)) }),
  "POST /login": async ({ form }) => ({ to: "/", setCookie: keepSession(await foyer("credentials/login", form)) }),
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
  // Both come back here, with a code that works once. The state proves that it was this browser that went.
  "GET /signed-in": async ({ query, cookies }) => {
    if (query.error) throw new Error(query.error_description ?? query.error);
    if (!query.state || query.state !== cookies.blog_state) throw new Error("This sign-in began in another browser.");
    return {
      to: "/",
      setCookie: [...keepSession(await foyer("exchange", { code: query.code })), cookie("blog_state", "", 0)],
    };
  },
  "POST /logout": async ({ cookies }) => {
    if (cookies.blog_refresh) await foyer("logout", { refresh_token: cookies.blog_refresh }).catch(() => {});
    return { to: "/", setCookie: forgetSession };
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
  const foreign = request.method === "POST" && request.headers["sec-fetch-site"] === "cross-site";
  const { user: reader, setCookie: refreshed = [] } = await findReader(cookies);
  const input = { form, cookies, reader, query: Object.fromEntries(url.searchParams), headers: request.headers };
  const answer =
    !route || foreign
      ? { status: 404, html: page("Not here", '<p><a href="/">To the blog</a></p>') }
      : await route(input).catch((error) => ({ to: `/?error=${encodeURIComponent(error.message)}` }));
  response.setHeader("Set-Cookie", [...refreshed, ...(answer.setCookie ?? [])]);
  if (answer.to) return response.writeHead(303, { Location: answer.to }).end();
  response.statusCode = answer.status ?? 200;
  response.setHeader("Content-Type", answer.json ? "application/json" : "text/html; charset=utf-8");
  response.end(answer.json ? JSON.stringify(answer.json) : answer.html);
}).listen(new URL(BLOG_URL).port, new URL(BLOG_URL).hostname, () => console.log(`The blog is at ${BLOG_URL}`));
