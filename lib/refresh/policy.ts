/**
 * Refresh-token rotation policy of sessions and OAuth grants (RFC 9700 §4.14.2): which clients
 * rotate, the grace period for a repeated token, and reuse detection.
 */
import { type Actor, recordRejection } from "../audit/events";
import type { Condition } from "../database/conditions";

/** A family is the session or grant that a series of refresh tokens belongs to. */
export interface FamilyKind {
  table: "Session" | "Grant";
  lastUsedColumn: "lastSeenAt" | "lastUsedAt";
  /** A response may get lost: for this long, a repeated token gets the same next token again. */
  graceSeconds: number;
  /** The remedy that the audit event of a reused token shows. */
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

/**
 * Public clients always rotate (RFC 9700 §2.2.2). A confidential client needn't, because its token
 * is useless without the client secret.
 */
export function rotates(client: { public: boolean; refresh: "rotate" | "reuse" | null }): boolean {
  return client.public || client.refresh === "rotate";
}

/** Conditions on the counter of a rotating token, `asked."from"`, in the family `f`. */
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

/** The actor and objects of the event. */
export interface TokenUse {
  appId: string;
  actor: Actor;
  userId: string;
  clientId?: string;
  sessionId?: string;
}

const EVENT = { Session: "session", Grant: "grant" } as const;

/** A token that is used again after the grace period may be stolen, so its family is revoked. */
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
