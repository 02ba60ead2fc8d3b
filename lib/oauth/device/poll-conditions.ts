/** Conditions of a device's poll (RFC 8628 §3.5), in the order of the checks. */
import type { Condition } from "../../database/conditions";
import { isActive } from "../../refresh/active";
import { type OAuthCode, oauthFail } from "../errors";
import { failWiderTarget, grantsTargets } from "../resources/audience";

const SECTION = "RFC 8628 §3.5";

/** RFC 8628 §3.5: a client that polls too fast has to wait 5 seconds longer from then on. */
export const SLOW_DOWN_SECONDS = 5;

/** A poll that was on time at the device may arrive a moment early. */
const TOLERANCE = "interval '250 milliseconds'";

function failing(code: OAuthCode, description: string): () => never {
  return () => oauthFail(code, description, { section: SECTION });
}

export const failUnknown = failing(
  "invalid_grant",
  "The device code is unknown or was issued to another client. Start a new device authorization",
);

const failUsed = failing("invalid_grant", "The device code was already used. Start a new device authorization");

/**
 * The device may still poll and the user hasn't decided. SQL aliases: device code `d`, user `u`,
 * session `s`, request values `asked`.
 */
export const WAITING: Condition<null>[] = [
  { name: "client_matches", sql: `d."clientId" = asked."client"`, fail: failUnknown },
  { name: "unused", sql: `d."consumedAt" IS NULL`, fail: failUsed },
  {
    name: "unexpired",
    sql: `d."expiresAt" > now()`,
    fail: failing("expired_token", "The device code has expired. Start a new device authorization"),
  },
];

export const ON_TIME: Condition<null> = {
  name: "on_time",
  // After the user's decision, a poll is never too early.
  sql: `d."decision" IS NOT NULL OR d."lastPolledAt" IS NULL
    OR d."lastPolledAt" <= now() - make_interval(secs => d."intervalSeconds") + ${TOLERANCE}`,
  fail: failing("slow_down", `Polled too soon. Wait ${SLOW_DOWN_SECONDS} seconds longer between polls from now on`),
};

/** What must hold for tokens. */
export const POLL_CONDITIONS: Condition<null>[] = [
  ...WAITING,
  {
    name: "not_denied",
    sql: `d."decision" IS DISTINCT FROM 'deny'`,
    fail: failing("access_denied", "The user denied the request"),
  },
  ON_TIME,
  {
    name: "allowed",
    sql: `d."decision" = 'allow'`,
    fail: failing("authorization_pending", "The user has not answered yet. Poll again after the interval"),
  },
  {
    // RFC 8707 §2.2: narrows what was granted, and never widens it.
    name: "resources_granted",
    sql: grantsTargets(`d."resources"`),
    fail: () => failWiderTarget(),
  },
  {
    // A sign-out between approval and poll ends offline access no more than one after it would.
    name: "session_active",
    sql: `(${isActive("s")})
      OR ('offline_access' = ANY(d."scopes") AND s."revokedReason" IN ('logout', 'ended_by_user', 'replaced'))`,
    fail: failing("invalid_grant", "The session in which the user allowed the request has expired or was revoked"),
  },
  {
    name: "user_enabled",
    sql: `u."disabledAt" IS NULL`,
    fail: failing("invalid_grant", "The user who allowed the request is disabled"),
  },
];

/** Fails if a concurrent poll got the tokens although all other conditions held. */
export const CONSUMED: Condition<null> = { name: "consumed", sql: `consumed."nth" IS NOT NULL`, fail: failUsed };
