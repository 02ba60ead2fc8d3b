// An Express site whose users sign in with Foyer. Needs: npm install express openid-client
// ISSUER=http://localhost:8000/o/app_… CLIENT_ID=cli_… CLIENT_SECRET=foyer_cs_… node express.mjs
import { randomUUID } from "node:crypto";
import express from "express";
import * as oidc from "openid-client";

const { ISSUER, CLIENT_ID, CLIENT_SECRET, PORT = 3000, ORIGIN = `http://localhost:${PORT}` } = process.env;
const redirect_uri = `${ORIGIN}/callback`;
// openid-client accepts an issuer without https only if it is told to.
const execute = ISSUER.startsWith("http:") ? [oidc.allowInsecureRequests] : [];
const config = await oidc.discovery(new URL(ISSUER), CLIENT_ID, CLIENT_SECRET, undefined, { execute });

// In memory: replace it by your database. A session has the user once the sign-in is complete.
const sessions = new Map();

function startSession(response, session) {
  const id = randomUUID();
  sessions.set(id, session);
  response.cookie("session", id, { httpOnly: true, sameSite: "lax", secure: ORIGIN.startsWith("https:") });
}

const app = express();
app.use((request, _response, next) => {
  request.sessionId = /(?:^|; )session=([^;]+)/.exec(request.get("cookie") ?? "")?.[1];
  request.session = sessions.get(request.sessionId);
  next();
});

const escapeHtml = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

app.get("/", ({ session }, response) => {
  if (!session?.user) return response.send('<h1>Welcome</h1><a href="/signin">Sign in</a>');
  const { name, email, sub } = session.user;
  response.send(`<h1>Hello, ${escapeHtml(name ?? email ?? sub)}</h1><a href="/signout">Sign out</a>`);
});

app.get("/signin", async (_request, response) => {
  const [verifier, state] = [oidc.randomPKCECodeVerifier(), oidc.randomState()];
  startSession(response, { verifier, state });
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri,
    scope: "openid profile email",
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
  });
  response.redirect(url.href);
});

app.get("/callback", async ({ originalUrl, session, sessionId }, response) => {
  if (!session) return response.redirect("/");
  sessions.delete(sessionId);
  try {
    const tokens = await oidc.authorizationCodeGrant(config, new URL(originalUrl, ORIGIN), {
      pkceCodeVerifier: session.verifier,
      expectedState: session.state,
    });
    const user = await oidc.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
    // A new session ID: an attacker may know the one from before the sign-in.
    startSession(response, { user, idToken: tokens.id_token });
    response.redirect("/");
  } catch (error) {
    response.status(400).send(`The sign-in failed: ${escapeHtml(error.message)}. <a href="/">Try again</a>`);
  }
});

app.get("/signout", ({ session, sessionId }, response) => {
  sessions.delete(sessionId);
  if (!session?.idToken) return response.redirect("/");
  const parameters = { id_token_hint: session.idToken, post_logout_redirect_uri: `${ORIGIN}/` };
  response.clearCookie("session").redirect(oidc.buildEndSessionUrl(config, parameters).href);
});

app.listen(PORT, () => console.log(`Open ${ORIGIN}`));
