/** New session rows, one per sign-in. */
import { randomBytes } from "node:crypto";
import type { App } from "../apps/apps";
import { now, secondsFromNow } from "../clock";
import { newId } from "../ids";
import { requestContext } from "../request-context";
import { type AuthenticationMethods, acrOf } from "./acr";
import { newCookieSecret } from "./cookie";

const SALT_BYTES = 16;
const USER_AGENT_LENGTH = 400;

function newSessionRow(app: App, userId: string, amr: AuthenticationMethods) {
  const context = requestContext();
  const at = now();
  const { session_idle_ttl_seconds: idle, session_ttl_seconds: absolute } = app.settings;
  return {
    appId: app.id,
    id: newId("ses"),
    userId,
    salt: randomBytes(SALT_BYTES),
    authTime: at,
    acr: acrOf(amr),
    amr,
    factorAt: acrOf(amr) === "1" ? null : at,
    ip: context?.ip ?? null,
    userAgent: context?.userAgent?.slice(0, USER_AGENT_LENGTH) ?? null,
    createdAt: at,
    lastSeenAt: at,
    idleExpiresAt: secondsFromNow(Math.min(idle, absolute)),
    expiresAt: secondsFromNow(absolute),
  };
}

/** The row of a new direct session. */
export function newApiSessionRow(app: App, userId: string, amr: AuthenticationMethods) {
  return { ...newSessionRow(app, userId, amr), kind: "api" as const };
}

/** The row of a new browser session, and the secret for its cookie. */
export function newBrowserSession(app: App, userId: string, amr: AuthenticationMethods) {
  const { secret, cookieHash } = newCookieSecret();
  return { row: { ...newSessionRow(app, userId, amr), kind: "browser" as const, cookieHash }, secret };
}

export type NewSession = ReturnType<typeof newApiSessionRow> | ReturnType<typeof newBrowserSession>["row"];
