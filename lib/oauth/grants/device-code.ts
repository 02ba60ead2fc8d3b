/**
 * Device grant (RFC 8628 §3.4). One statement answers a poll: it notes the time, or consumes the
 * device code and creates the grant. Concurrent polls of an app share it.
 */
import { randomBytes } from "node:crypto";
import { eventRow } from "../../audit/events";
import { sha256 } from "../../crypto/hash";
import { batchedStatement } from "../../database/batch";
import { inApp, rowByKey } from "../../database/by-key";
import { allHold, conditionColumns, conditionNames, requireConditions } from "../../database/conditions";
import { newId } from "../../ids";
import { OIDC_USER_COLUMNS, type OidcUser } from "../../users/user-views";
import { appOfDeviceCode } from "../device/device-code";
import { CONSUMED, failUnknown, POLL_CONDITIONS, SLOW_DOWN_SECONDS, WAITING } from "../device/poll-conditions";
import { insertNotice } from "../logout/notices";
import { required } from "../parameters";
import { requestedTargets } from "../resources/audience";
import {
  type GrantHandler,
  type GrantRequest,
  grantLifetimes,
  issueUserTokens,
  receivesRefreshToken,
  refreshTokenFor,
} from "./grant-handler";

/** A device code and the user who allowed it: null until then. */
interface PollRow extends OidcUser {
  device_resources: string[];
  device_scopes: string[];
  device_subject: string;
  device_session: string | null;
  device_auth_time: Date;
  device_acr: string | null;
  device_amr: string[];
}

interface Poll {
  hash: Buffer;
  client: string;
  logout: boolean;
  grant: string;
  salt: Buffer;
  idle: number;
  absolute: number;
  jkt: string | null;
  /** The requested resources with spaces; null if the request names none. */
  resources: string | null;
  event: string;
  request: string | null;
  ip: string | null;
  user_agent: string | null;
}

const poll = batchedStatement<Poll, PollRow>({
  name: "device-poll",
  types: {
    hash: "bytea",
    client: "text",
    logout: "bool",
    grant: "text",
    salt: "bytea",
    idle: "int",
    absolute: "int",
    jkt: "text",
    resources: "text",
    event: "text",
    request: "text",
    ip: "text",
    user_agent: "text",
  },
  key: ({ hash }) => hash.toString("latin1"),
  text: (asked) => `WITH code AS MATERIALIZED (
       SELECT asked.*, d."decision", ${OIDC_USER_COLUMNS}, ${conditionColumns(POLL_CONDITIONS)}
       FROM ${asked}
       JOIN ${rowByKey("DeviceCode", "d", `d."hash" = asked."hash"`)} ON true
       LEFT JOIN ${rowByKey("User", "u", `u."id" = d."userId"`)} ON true
       LEFT JOIN ${rowByKey("Session", "s", `s."id" = d."sessionId"`)} ON true
     ), waited AS (
       UPDATE "DeviceCode" d SET "lastPolledAt" = now(),
         "intervalSeconds" = d."intervalSeconds" + CASE WHEN code."on_time" THEN 0 ELSE ${SLOW_DOWN_SECONDS} END
       FROM code WHERE ${inApp("d")} AND d."hash" = code."hash" AND code."decision" IS NULL AND ${allHold(WAITING, "code")}
     ), consumed AS (
       UPDATE "DeviceCode" d SET "consumedAt" = now()
       FROM code
       WHERE ${inApp("d")} AND d."hash" = code."hash" AND d."consumedAt" IS NULL AND ${allHold(POLL_CONDITIONS, "code")}
       RETURNING code.*, d."userId", coalesce(d."subject", d."userId") AS "device_subject", d."scopes" AS "device_scopes",
         d."resources" AS "device_resources", d."sessionId" AS "device_session", d."authTime" AS "device_auth_time", d."acr" AS "device_acr",
         d."amr" AS "device_amr", d."userAgent" AS "device_agent"
     ), granted AS (
       INSERT INTO "Grant" ("appId", "id", "clientId", "userId", "sessionId", "subject", "scopes", "resources", "authTime", "acr", "amr",
         "offline", "dpopJkt", "userAgent", "salt", "createdAt", "lastUsedAt", "idleExpiresAt", "expiresAt")
       SELECT $1, "grant", "client", "userId", "device_session", "device_subject", "device_scopes", "device_resources", "device_auth_time",
         "device_acr", "device_amr", 'offline_access' = ANY("device_scopes"), "jkt", "device_agent", "salt", now(), now(),
         now() + make_interval(secs => "idle"), now() + make_interval(secs => "absolute")
       FROM consumed
     ), noticed AS (
       ${insertNotice("consumed", { session: "device_session", subject: `"device_subject"`, scopes: "device_scopes" })}
     ), recorded AS (
       INSERT INTO "AuditEvent" ("appId", "id", "type", "actorType", "actorId", "userId", "clientId", "sessionId", "targetType", "targetId",
         "requestId", "ip", "userAgent", "explanation")
       SELECT $1, "event", 'grant.created', 'client', "client", "userId", "client", "device_session", 'grant', "grant", "request", "ip",
         "user_agent", jsonb_build_object('scopes', "device_scopes") FROM consumed
     )
     SELECT "nth", ${OIDC_USER_COLUMNS}, ${conditionNames(POLL_CONDITIONS, "u")}, ${conditionColumns([CONSUMED])},
       "device_subject", "device_resources", "device_scopes", "device_session", "device_auth_time", "device_acr", "device_amr"
     FROM code u LEFT JOIN consumed USING ("nth")`,
});

function pollValues({ app, client, proof }: GrantRequest, hash: Buffer, requested: string[] | null): Poll {
  const { idleSeconds, absoluteSeconds } = grantLifetimes(app, client);
  const event = eventRow(app.id, { type: "grant.created", actor: { type: "client", id: client.id } });
  return {
    hash,
    client: client.id,
    logout: client.backchannel_logout_uri !== null,
    grant: newId("grn"),
    salt: randomBytes(16),
    idle: idleSeconds,
    absolute: absoluteSeconds,
    // RFC 9449 §5: a refresh token of a public client is bound to the key.
    jkt: client.public && proof ? proof.jkt : null,
    resources: requested?.join(" ") ?? null,
    event: event.id,
    request: event.requestId,
    ip: event.ip,
    user_agent: event.userAgent,
  };
}

export const deviceCode: GrantHandler = {
  async issue(request) {
    const { app, client, parameters, resources } = request;
    const sent = required(parameters, "device_code", "RFC 8628 §3.4");
    const requested = requestedTargets(app, resources, parameters);
    const values = pollValues(request, sha256(sent), requested);
    const row = appOfDeviceCode(sent) === app.id ? await poll(app.id, values) : null;
    if (!row) return failUnknown();
    await requireConditions([...POLL_CONDITIONS, CONSUMED], row, null);
    const grant = {
      id: values.grant,
      salt: values.salt,
      counter: 0,
      subject: row.device_subject,
      sessionId: row.device_session,
      sid: row.device_session,
      authTime: row.device_auth_time,
      acr: row.device_acr,
      amr: row.device_amr,
      claims: null,
      user: row,
    };
    return issueUserTokens(request, grant, {
      target: { resources: row.device_resources, scopes: row.device_scopes },
      requested,
      refresh: receivesRefreshToken(client, row.device_scopes) ? refreshTokenFor(request, grant) : undefined,
    });
  },
};
