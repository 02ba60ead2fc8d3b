/**
 * Rotation policy of refresh tokens, for sessions and OAuth grants alike (RFC 9700 §4.14.2): who rotates, how long a used token still
 * gets the same successor, and what a later reuse means.
 */
import { type Actor, recordRejection } from "../audit/events";
import type { Condition } from "../database/conditions";

/** A family is the Session or Grant that all its refresh tokens belong to. */
export interface FamilyKind {
  table: "Session" | "Grant";
  lastUsedColumn: "lastSeenAt" | "lastUsedAt";
  /** A response may get lost. For so many seconds a repeated token gets the same successor again. */
  graceSeconds: number;
  /** For the owner's event when a token is reused later. */
  advice: string;
}

const STORE = "Store each new refresh_token in place of the old one and never use one twice.";

export const SESSION_FAMILY: FamilyKind = {
  table: "Session",
  lastUsedColumn: "lastSeenAt",
  graceSeconds: 60,
  advice: `The user must sign in again. ${STORE}`,
};

export const GRANT_FAMILY: FamilyKind = {
  table: "Grant",
  lastUsedColumn: "lastUsedAt",
  graceSeconds: 10,
  advice: `The user must authorize again. ${STORE}`,
};

/** Public clients rotate. A confidential client keeps its token, which is useless without its secret (RFC 9700 §2.2.2). */
export function rotates(client: { public: boolean; refresh: "rotate" | "reuse" | null }): boolean {
  return client.public || client.refresh === "rotate";
}

/** What the counter of a rotating token, `asked."from"`, must be in the family `f`. */
export function rotationConditions<Failure>(
  { graceSeconds }: FamilyKind,
  failures: { fail: () => never; revokeReused: (failure: Failure) => Promise<void> },
): Condition<Failure>[] {
  return [
    { name: "counter_reached", sql: `f."counter" >= asked."from"`, fail: failures.fail },
    {
      name: "not_reused",
      sql: `f."counter" = asked."from"
        OR (f."counter" = asked."from" + 1 AND f."rotatedAt" > now() - make_interval(secs => ${graceSeconds}))`,
      fail: async (failure) => {
        await failures.revokeReused(failure);
        return failures.fail();
      },
    },
  ];
}

/** Who used a token, for the event. */
export interface TokenUse {
  appId: string;
  actor: Actor;
  userId: string;
  clientId?: string;
  sessionId?: string;
}

const EVENT = { Session: "session", Grant: "grant" } as const;

/** Two parties have a token that is used after its grace period, and one of them is an attacker: the family is revoked. */
export async function revokeReusedFamily(
  { table, advice }: FamilyKind,
  { appId, ...use }: TokenUse,
  revoke: () => Promise<boolean>,
): Promise<void> {
  if (!(await revoke())) return;
  await recordRejection(appId, {
    ...use,
    type: `${EVENT[table]}.refresh_reused`,
    outcome: "failure",
    reason: "refresh_token_reused",
    explanation: { section: "RFC 9700 §4.14.2", remedy: advice },
  });
}

export async function recordRepeatedUse({ table }: FamilyKind, { appId, ...use }: TokenUse): Promise<void> {
  await recordRejection(appId, {
    ...use,
    type: `${EVENT[table]}.refresh_repeated`,
    outcome: "success",
    reason: "refresh_repeated_within_grace",
  });
}
