/** Sessions: one row per sign-in, until it ends. */
import { randomBytes } from "node:crypto";
import type { App } from "../apps/apps";
import { inSeconds, now } from "../clock";
import { newId } from "../ids";
import { requestContext } from "../request-context";

const SALT_BYTES = 16;
const USER_AGENT_LENGTH = 400;

/** How the user proved who they are: RFC 8176 values, e.g. `["pwd"]`. */
export type AuthenticationMethods = string[];

/** A new direct session as a row. */
export function newApiSessionRow(app: App, userId: string, amr: AuthenticationMethods) {
  const context = requestContext();
  const at = now();
  return {
    appId: app.id,
    id: newId("ses"),
    userId,
    kind: "api" as const,
    salt: randomBytes(SALT_BYTES),
    authTime: at,
    amr,
    ip: context?.ip ?? null,
    userAgent: context?.userAgent?.slice(0, USER_AGENT_LENGTH) ?? null,
    createdAt: at,
    lastSeenAt: at,
    idleExpiresAt: inSeconds(Math.min(app.settings.session_idle_ttl_seconds, app.settings.session_ttl_seconds)),
    expiresAt: inSeconds(app.settings.session_ttl_seconds),
  };
}
