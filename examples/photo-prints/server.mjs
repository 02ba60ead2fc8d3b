// SuperPhotoPrints, an example OAuth client: users connect their account of the blog and allow access
// to their photos. It knows only the issuer. Needs: npm install openid-client
// ISSUER=http://localhost:8000/o/app_… CLIENT_ID=cli_… CLIENT_SECRET=foyer_cs_… node server.mjs
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import * as oidc from "openid-client";
import { connected, page, welcome } from "./pages.mjs";

const { ISSUER, CLIENT_ID, CLIENT_SECRET } = process.env;
const { PRINTS_URL = "http://127.0.0.1:3001", PHOTOS_URL = "http://127.0.0.1:3000/api/photos" } = process.env;
const redirectUri = `${PRINTS_URL}/callback`;
function stop(message) {
  console.error(message);
  process.exit(1);
}

if (!ISSUER || !CLIENT_ID || !CLIENT_SECRET)
  stop(`Set ISSUER, CLIENT_ID and CLIENT_SECRET to the values of a client with the redirect URI ${redirectUri}.`);

// Allows plain HTTP for localhost only. With an HTTPS issuer, remove `execute`.
const insecure = ISSUER.startsWith("http://localhost") ? { execute: [oidc.allowInsecureRequests] } : {};
const config = await oidc
  .discovery(new URL(ISSUER), CLIENT_ID, CLIENT_SECRET, undefined, insecure)
  .catch((error) => stop(`${ISSUER} can't be used: ${error.cause?.message ?? error.message}`));

/** Browser → its pending authorization or tokens. A real shop keeps them in its database. */
const sessions = new Map();

/** A valid access token. Refreshes it shortly before it expires. */
async function accessToken(session) {
  if (Date.now() > session.expiresAt - 30_000)
    saveTokens(session, await oidc.refreshTokenGrant(config, session.refreshToken));
  return session.accessToken;
}

function saveTokens(session, tokens) {
  session.accessToken = tokens.access_token;
  session.refreshToken = tokens.refresh_token ?? session.refreshToken;
  session.expiresAt = Date.now() + tokens.expires_in * 1000;
}

function clear(session) {
  for (const name of Object.keys(session)) delete session[name];
}

const routes = {
  "GET /": async ({ session }) => {
    if (!session.refreshToken) return { html: welcome() };
    try {
      const token = await accessToken(session);
      // Userinfo fails as soon as the user disconnects. The token alone is valid until it expires.
      const { name, email } = await oidc.fetchUserInfo(config, token, session.subject);
      const photos = await fetch(PHOTOS_URL, { headers: { Authorization: `Bearer ${token}` } });
      return { html: connected(name ?? email, await photos.json()) };
    } catch {
      clear(session);
      return { html: page("You’re disconnected", '<p><a class="button" href="/connect">Connect again</a></p>') };
    }
  },
  "GET /connect": async ({ session }) => {
    const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
    Object.assign(session, { state, nonce, verifier });
    const parameters = {
      redirect_uri: redirectUri,
      scope: "openid profile email offline_access photos:read",
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
      nonce,
    };
    return { to: oidc.buildAuthorizationUrl(config, parameters).href };
  },
  "GET /callback": async ({ session, url }) => {
    if (url.searchParams.get("error") === "access_denied") return { to: "/" };
    const { state: expectedState, nonce: expectedNonce, verifier: pkceCodeVerifier } = session;
    const tokens = await oidc.authorizationCodeGrant(config, url, { expectedState, expectedNonce, pkceCodeVerifier });
    saveTokens(session, tokens);
    session.subject = tokens.claims().sub;
    return { to: "/" };
  },
  "POST /disconnect": async ({ session }) => {
    if (session.refreshToken) await oidc.tokenRevocation(config, session.refreshToken);
    clear(session);
    return { to: "/" };
  },
};

createServer(async (request, response) => {
  const url = new URL(request.url, PRINTS_URL);
  const id = /prints=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1] ?? randomUUID();
  const session = sessions.get(id) ?? {};
  sessions.set(id, session);
  response.setHeader("Set-Cookie", `prints=${id}; Path=/; HttpOnly; SameSite=Lax`);
  const route = routes[`${request.method} ${url.pathname}`];
  const isCrossSite = request.method === "POST" && request.headers["sec-fetch-site"] === "cross-site";
  const notFound = { status: 404, html: page("Page not found", '<p><a href="/">Go to the shop</a></p>') };
  const failed = (error) => ({
    status: 400,
    html: page("Something went wrong", `<p>${error.code ?? "error"}</p><p><a href="/">Back</a></p>`),
  });
  const result = route && !isCrossSite ? await route({ session, url }).catch(failed) : notFound;
  if (result.to) return response.writeHead(303, { Location: result.to }).end();
  response.writeHead(result.status ?? 200, { "Content-Type": "text/html; charset=utf-8" }).end(result.html);
}).listen(new URL(PRINTS_URL).port, new URL(PRINTS_URL).hostname, () =>
  console.log(`SuperPhotoPrints is at ${PRINTS_URL}`),
);
