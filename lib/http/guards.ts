/** Who may call: each guard answers with what it found or throws. */
import { findApiKey } from "../apps/api-keys";
import { type App, findApp, getApp } from "../apps/apps";
import type { Actor } from "../audit/events";
import { fail, failNotFound } from "../errors";
import { addressKey, consumeLimit, LIMITS, requireWithinLimit } from "../rate-limit";
import type { Guard } from "./route";

/** Anyone. */
export const anyone: Guard<object> = async () => ({});

/** Anyone, about the App in the path. */
export const appInPath: Guard<{ app: App }> = async ({ params }) => {
  // Under /o/[app] the segment is `app`, under /api it is `app_id`.
  return { app: await getApp(params.app_id ?? params.app ?? "") };
};

function bearerToken(request: Request): string | null {
  const match = /^Bearer +([\x21-\x7e]+) *$/i.exec(request.headers.get("authorization") ?? "");
  return match?.[1] ?? null;
}

function failApiKey(description: string, challenge: string): never {
  fail(401, "invalid_api_key", description, { headers: { "WWW-Authenticate": challenge } });
}

/**
 * An API key of the App in the path. The key of another App gets the same 404 as an App that does not exist; guesses of keys are
 * counted by address before they are looked up.
 */
export const apiKey: Guard<{ app: App; by: Actor }> = async ({ request, params, caller }) => {
  const presented = bearerToken(request);
  if (!presented) failApiKey("Send the App's API key as Authorization: Bearer foyer_sk_…", 'Bearer realm="foyer"'); // RFC 6750 §3
  const guesser = addressKey(caller.ip);
  await requireWithinLimit(LIMITS.unknownApiKey, guesser);
  const key = await findApiKey(presented);
  if (!key) {
    await consumeLimit(LIMITS.unknownApiKey, guesser);
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
  return { app, by: { type: "key", id: key.keyId } };
};
