/**
 * Guards: who may call a route. Each returns what it found, such as the App and the user, or
 * throws.
 */

import { findApiKey } from "../apps/api-keys";
import { type App, findApp, getApp } from "../apps/apps";
import { type Actor, ANONYMOUS_USER } from "../audit/events";
import { fail, failInput, failNotFound } from "../errors";
import { parseAddress } from "../ip-address";
import { failToken, presentedToken, requireSender } from "../oauth/dpop/resource";
import { isForIssuer, verifyAccessToken } from "../oauth/tokens/access-token";
import { findActiveToken } from "../oauth/tokens/active-token";
import { scopedSelf } from "../oauth/tokens/userinfo";
import { actForEndUser } from "../request-context";
import { verifyDirectToken } from "../sessions/direct-token";
import { type Connection, getConnection } from "../social/connections";
import { findSessionUser } from "../users/get-user";
import { type FullUser, ownUserView } from "../users/user-views";
import type { HttpRequest } from "./request";
import type { Guard } from "./route";

/** No credentials. */
export const anyone: Guard<object> = async () => ({});

/** No credentials; the App in the path. */
export const appInPath: Guard<{ app: App }> = async ({ params }) => {
  // Under /o/[app] the segment is `app`, under /api it is `app_id`.
  return { app: await getApp(params.app_id ?? params.app ?? "") };
};

/** No credentials; a connection of the App in the path, enabled or not. */
export const connectionInPath: Guard<{ app: App; connection: Connection }> = async (input) => {
  const { app } = await appInPath(input);
  return { app, connection: await getConnection(app.id, input.params.connection ?? "") };
};

export function bearerToken(request: HttpRequest): string | null {
  const match = /^Bearer +([\x21-\x7e]+) *$/i.exec(request.headers.get("authorization") ?? "");
  return match?.[1] ?? null;
}

function failApiKey(description: string, challenge: string): never {
  fail(401, "invalid_api_key", description, { headers: { "WWW-Authenticate": challenge } });
}

/**
 * The end user's IP address, from `Foyer-Client-IP`. Trusted only together with a valid API key.
 */
function endUserAddress(request: HttpRequest): string | null {
  const sent = request.headers.get("foyer-client-ip")?.trim();
  if (!sent) return null;
  return parseAddress(sent) ?? failInput({ "Foyer-Client-IP": "must be one IPv4 or IPv6 address" });
}

/**
 * An API key of the App in the path. Another App's key gets the same 404 as an App that does not
 * exist. Unknown keys are counted by IP address; a valid key is accepted however many unknown ones
 * came from the same address.
 */
export const apiKey: Guard<{ app: App; by: Actor }> = async ({ request, params, caller }) => {
  const presented = bearerToken(request);
  if (!presented) failApiKey("Send the app's API key as Authorization: Bearer foyer_sk_…", 'Bearer realm="foyer"'); // RFC 6750 §3
  const key = await findApiKey(presented);
  if (!key) {
    failApiKey(
      "The API key is unknown, revoked or incomplete. Copy it again, or create a new one.",
      'Bearer realm="foyer", error="invalid_token"',
    );
  }
  const app = key.appId === params.app_id ? await findApp(key.appId) : null;
  if (!app)
    failNotFound(
      "An app with this ID and this API key",
      `key ${key.keyId} used for ${String(params.app_id).slice(0, 40)}`,
    );
  const userIp = endUserAddress(request);
  caller.isApiCall = true;
  if (userIp) actForEndUser(caller, userIp);
  return { app, by: { type: "key", id: key.keyId } };
};

/** The app in the path. An API key is optional, but must be valid if the request has one. */
export const optionalApiKey: Guard<{ app: App }> = async (input) => {
  const found = await appInPath(input);
  if (bearerToken(input.request)) await apiKey(input);
  return found;
};

/** 401 for a user's token (RFC 6750 §3). Without `problem`, the request had no token. */
export function failBearer(problem?: string): never {
  const challenge = problem
    ? `Bearer realm="foyer", error="invalid_token", error_description="${problem}"`
    : 'Bearer realm="foyer"';
  const description = problem ?? "Send the user's token as Authorization: Bearer eyJ…";
  fail(401, problem ? "invalid_token" : "unauthorized", description, { headers: { "WWW-Authenticate": challenge } });
}

/**
 * A user's direct token or OAuth access token. `self` is the profile that it gives access to: all
 * of it for a direct token, what the scopes allow for an access token. One database round trip, and
 * at the same time another one for the proof of a bound token.
 */
export const tokenHolder: Guard<{ self: Record<string, unknown> }> = async (input) => {
  const presented = presentedToken(input.request.headers.get("authorization"));
  const access = presented ? await verifyAccessToken(presented.text) : null;
  // Only access tokens are bound to keys.
  if (presented?.scheme === "DPoP" && !access)
    failToken("DPoP", "invalid_token", "The access token is malformed or expired, or Foyer did not issue it");
  if (!presented || !access) return { self: ownUserView((await signedInUser(input)).user) };
  const reject = (problem: string) => failToken(presented.scheme, "invalid_token", problem);
  if (!isForIssuer(access)) reject("The token is for another resource. Request one whose audience is the issuer");
  const [active] = await Promise.all([findActiveToken(access), requireSender(access, presented, input)]);
  if (!active) return reject("The token was revoked, or its session or grant has expired");
  if (!active.user) fail(403, "no_user", "This token was issued to a client for itself, so it has no user.");
  return { self: await scopedSelf(active.user, access) };
};

/** A user's direct token with an active session. One database round trip. */
export const signedInUser: Guard<{ app: App; user: FullUser; sessionId: string }> = async ({ request, caller }) => {
  const token = bearerToken(request);
  if (!token) failBearer();
  const facts = await verifyDirectToken(token);
  if (!facts) failBearer("The token is malformed or expired, or Foyer did not issue it");
  caller.isApiCall = true;
  const user = await findSessionUser(facts);
  if (!user) failBearer("The session of this token has expired or was revoked");
  return { app: facts.app, user, sessionId: facts.sessionId };
};

/** A user's direct token for the App in the path. */
export const signedInUserOfApp: Guard<{ app: App; user: FullUser; sessionId: string }> = async (input) => {
  const [{ app }, found] = await Promise.all([appInPath(input), signedInUser(input)]);
  return found.app.id === app.id ? found : failNotFound("The user");
};

/**
 * A user's direct token. Without one, the body has the token of a pending sign-in: `current` is null,
 * and an API key is optional.
 */
export const signedInOrPending: Guard<{
  app: App;
  current: { user: FullUser; sessionId: string } | null;
  by: Actor;
}> = async (input) => {
  const token = bearerToken(input.request);
  if (token?.startsWith("foyer_sk_")) return { ...(await apiKey(input)), current: null };
  if (!token) return { ...(await appInPath(input)), current: null, by: ANONYMOUS_USER };
  const { app, user, sessionId } = await signedInUserOfApp(input);
  return { app, current: { user, sessionId }, by: { type: "user", id: user.id } };
};
