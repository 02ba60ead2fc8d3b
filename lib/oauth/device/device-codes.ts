/** Device authorization requests (RFC 8628 §3.1): started by a device, decided by a user. */
import { type Actor, countEvent, recordEvent } from "../../audit/events";
import { now, secondsFromNow } from "../../clock";
import { sha256 } from "../../crypto/hash";
import { db, isUniqueViolation, transaction } from "../../database/client";
import { requestContext } from "../../request-context";
import type { HostedSession } from "../../sessions/cookie";
import { consumeInteraction, type Interaction } from "../authorize/interaction";
import { type Client, findClient } from "../clients/clients";
import { consentStatements } from "../consent";
import { newDeviceCode } from "./device-code";
import { newUserCode } from "./user-code";

export const DEVICE_CODE_TTL_SECONDS = 600;
export const POLL_INTERVAL_SECONDS = 5;

const USER_AGENT_LENGTH = 400;
/** Of 26 billion codes, few are pending: a second collision in a row doesn't happen. */
const ATTEMPTS = 5;

interface NewDeviceCode {
  appId: string;
  clientId: string;
  scopes: string[];
  resources: string[];
}

/** Stores the request. Returns the device code, which is stored hashed, and the user code. */
export async function startDeviceCode(request: NewDeviceCode): Promise<{ deviceCode: string; userCode: string }> {
  const { appId, clientId, scopes } = request;
  const deviceCode = newDeviceCode(appId);
  const context = requestContext();
  const actor: Actor = { type: "client", id: clientId };
  for (let attempt = 1; ; attempt++) {
    const userCode = newUserCode();
    const data = {
      ...request,
      hash: sha256(deviceCode),
      userCode,
      ip: context?.ip ?? null,
      userAgent: context?.userAgent?.slice(0, USER_AGENT_LENGTH) ?? null,
      intervalSeconds: POLL_INTERVAL_SECONDS,
      amr: [],
      createdAt: now(),
      expiresAt: secondsFromNow(DEVICE_CODE_TTL_SECONDS),
    };
    const event = countEvent(appId, { type: "device.requested", actor, clientId, explanation: { scopes } });
    try {
      await db().$transaction([db().deviceCode.create({ data, select: { appId: true } }), event]);
      return { deviceCode, userCode };
    } catch (error) {
      if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** A request that waits for the user's decision. */
interface PendingDevice {
  userCode: string;
  clientId: string;
  scopes: string[];
  /** As lib/oauth/resources/audience.ts stores them. */
  resources: string[];
  ip: string | null;
  userAgent: string | null;
  createdAt: Date;
}

async function findPendingDevice(appId: string, userCode: string): Promise<PendingDevice | null> {
  return db().deviceCode.findUnique({
    where: { appId_userCode: { appId, userCode }, decision: null, expiresAt: { gt: now() } },
    select: {
      userCode: true,
      clientId: true,
      scopes: true,
      resources: true,
      ip: true,
      userAgent: true,
      createdAt: true,
    },
  });
}

export interface KnownDevice extends PendingDevice {
  client: Client;
}

/** The same with its client, which still exists and is enabled. */
export async function findKnownDevice(appId: string, userCode: string): Promise<KnownDevice | null> {
  const pending = await findPendingDevice(appId, userCode);
  const client = pending && (await findClient(appId, pending.clientId));
  return client && { ...pending, client };
}

export interface DeviceDecision {
  interaction: Interaction;
  userCode: string;
  clientId: string;
  session: HostedSession;
  /** The `sub` of the tokens. */
  subject: string;
  /** The scopes that the user allowed, or null if the user denied the request. */
  allowed: string[] | null;
  declined: string[];
}

/**
 * Stores the user's answer with the user's consent. false if the code has expired or was already
 * answered. @throws 400 for an interaction that is over
 */
export async function decideDevice(appId: string, decision: DeviceDecision): Promise<boolean> {
  const { interaction, userCode, clientId, session, subject, allowed, declined } = decision;
  const { id: sessionId, userId, authTime, acr, amr } = session;
  const actor: Actor = { type: "user", id: userId };
  return transaction(async (tx) => {
    await consumeInteraction(interaction, tx);
    const { count } = await tx.deviceCode.updateMany({
      where: { appId, userCode, clientId, decision: null, expiresAt: { gt: now() } },
      data: {
        decision: allowed ? "allow" : "deny",
        scopes: allowed ?? [],
        userId,
        subject,
        sessionId,
        authTime,
        acr,
        amr,
      },
    });
    if (count === 0) return false;
    const answer = allowed && { appId, userId, clientId, scopes: allowed, declined };
    for (const statement of answer ? consentStatements(answer, tx) : []) await statement;
    const type = allowed ? "device.allowed" : "device.denied";
    const explanation = allowed ? { scopes: allowed, declined } : {};
    await recordEvent(tx, appId, { type, actor, userId, clientId, sessionId, explanation });
    return true;
  });
}
