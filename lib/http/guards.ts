/** Who may call: each guard answers with what it found or throws. */
import { isIP } from "node:net";
import { findApiKey } from "../apps/api-keys";
import { type App, findApp, getApp } from "../apps/apps";
import type { Actor } from "../audit/events";
import { fail, failInput, failNotFound } from "../errors";
import { addressKey, consumeLimit, LIMITS } from "../limits/rate-limit";
import { verifyAccessToken } from "../oauth/tokens/access-token";
import { findActiveToken } from "../oauth/tokens/active-token";
import { scopedSelf } from "../oauth/tokens/userinfo";
import { verifyDirectToken } from "../sessions/direct-token";
import { type FullUser, findUserOfSession, selfAnswer } from "../users/users";
import type { Guard } from "./route";

/** Anyone. */
export const anyone: Guard<object> = async () => ({});

/** Anyone, about the App in the path. */
export const appInPath: Guard<{ app: App }> = async ({ params }) => {
  // Under /o/[app] the segment is `app`, under /api it is `app_id`.
  return { app: await getApp(params.app_id ?? params.app ?? "") };
};

export function bearerToken(request: Request): string | null {
  const match = /^Bearer +([\x21-\x7e]+) *$/i.exec(request.headers.get("authorization") ?? "");
  return match?.[1] ?? null;
}

function failApiKey(description: string, challenge: string): never {
  fail(401, "invalid_api_key", description, { headers: { "WWW-Authenticate": challenge } });
}

/** `Foyer-Client-IP`: whom the backend is calling for. Believed only behind a valid API key. */
function endUserAddress(request: Request): string | null {
  const address = request.headers.get("foyer-client-ip")?.trim();
  if (!address) return null;
  if (!isIP(address)) failInput({ "Foyer-Client-IP": "must be one IPv4 or IPv6 address" });
  return address;
}

/**
 * An API key of the App in the path. The key of another App gets the same 404 as an App that does not exist. Guesses are counted by
 * address, and a genuine key is let in whatever its neighbours behind the same address have guessed.
 */
export const apiKey: Guard<{ app: App; by: Actor }> = async ({ request, params, caller }) => {
  const presented = bearerToken(request);
  if (!presented) failApiKey("Send the App's API key as Authorization: Bearer foyer_sk_…", 'Bearer realm="foyer"'); // RFC 6750 §3
  const key = await findApiKey(presented);
  if (!key) {
    await consumeLimit(LIMITS.unknownApiKey, addressKey(caller.ip));
    failApiKey(
      "The API key is unknown, revoked or incomplete. Copy it again, or make a new one.",
      'Bearer realm="foyer", error="invalid_token"',
    );
  }
  const app = key.appId === params.app_id ? await findApp(key.appId) : null;
  if (!app)
    failNotFound(
      "The App of this API key at this address",
      `key ${key.keyId} used for ${String(params.app_id).slice(0, 40)}`,
    );
  const userIp = endUserAddress(request);
  // From here on the audit trail, the sessions and the limits see the person, not the backend.
  if (userIp) Object.assign(caller, { userIp, ip: userIp });
  return { app, by: { type: "key", id: key.keyId } };
};

/** 401 for a user's token (RFC 6750 §3): `problem` is absent when none was sent. */
export function failBearer(problem?: string): never {
  const challenge = problem
    ? `Bearer realm="foyer", error="invalid_token", error_description="${problem}"`
    : 'Bearer realm="foyer"';
  const description = problem ?? "Send the user's token as Authorization: Bearer eyJ…";
  fail(401, problem ? "invalid_token" : "unauthorized", description, { headers: { "WWW-Authenticate": challenge } });
}

/**
 * Whoever holds a token of either kind, as it may see itself: a direct token everything, an OAuth token what its scopes allow. One round
 * trip to PostgreSQL.
 */
export const tokenHolder: Guard<{ self: Record<string, unknown> }> = async (input) => {
  const token = bearerToken(input.request);
  const access = token ? await verifyAccessToken(token) : null;
  if (!access) return { self: selfAnswer((await signedInUser(input)).user) };
  const live = await findActiveToken(access);
  if (!live) failBearer("The token was revoked, or what it stood on has ended");
  if (!live.user) fail(403, "no_user", "This token was given to a client for itself; there is no user behind it.");
  return { self: scopedSelf(live.user, access) };
};

/** A user by their own token, while their session lives. One round trip to PostgreSQL. */
export const signedInUser: Guard<{ app: App; user: FullUser; sessionId: string }> = async ({ request }) => {
  const token = bearerToken(request);
  if (!token) failBearer();
  const facts = await verifyDirectToken(token);
  if (!facts) failBearer("The token is malformed, expired or not one of ours");
  const user = await findUserOfSession(facts);
  if (!user) failBearer("The session of this token has ended");
  return { app: facts.app, user, sessionId: facts.sessionId };
};

/** The same, of the App in the path. */
export const signedInHere: Guard<{ app: App; user: FullUser; sessionId: string }> = async (input) => {
  const [{ app }, found] = await Promise.all([appInPath(input), signedInUser(input)]);
  return found.app.id === app.id ? found : failNotFound("The user");
};
