/**
 * Verified publishers: the domain that the publisher of a client proved to control. Only this adds a
 * check mark on the consent page.
 */
import { type Actor, recordEvent } from "../../audit/events";
import { now } from "../../clock";
import { randomSecret } from "../../crypto/hash";
import { db, transaction } from "../../database/client";
import { fail, failNotFound } from "../../errors";
import { getClient } from "../clients/clients";
import { findProof, type ProofMethod, type ProofResult, provenBy } from "./proof";

export interface Publisher {
  domain: string;
  token: string;
  method: ProofMethod | null;
  checkedAt: Date | null;
  verifiedAt: Date | null;
  failingSince: Date | null;
}

const PUBLISHER = {
  ...{ domain: true, token: true, method: true, checkedAt: true, verifiedAt: true, failingSince: true },
} as const;

const keyOf = (appId: string, clientId: string) => ({ appId_clientId: { appId, clientId } });

export async function findPublisher(appId: string, clientId: string): Promise<Publisher | null> {
  return (await db().publisher.findUnique({ where: keyOf(appId, clientId), select: PUBLISHER })) as Publisher | null;
}

/** The proven domain, or null. */
export async function findVerifiedDomain(appId: string, clientId: string): Promise<string | null> {
  const publisher = await findPublisher(appId, clientId);
  return publisher?.verifiedAt ? publisher.domain : null;
}

/** Names the domain that is to be verified. Another domain needs another proof. */
export async function setPublisherDomain(appId: string, clientId: string, domain: string, by: Actor): Promise<void> {
  await getClient(appId, clientId);
  await transaction(async (tx) => {
    const before = await tx.publisher.findUnique({
      where: keyOf(appId, clientId),
      select: { domain: true, verifiedAt: true },
    });
    if (before?.domain === domain) return;
    await tx.publisher.deleteMany({ where: { appId, clientId } });
    await tx.publisher.create({
      data: { appId, clientId, domain, token: randomSecret(), createdAt: now() },
      select: { appId: true },
    });
    if (before?.verifiedAt) await recordRemoval(tx, appId, clientId, before.domain, by);
  });
}

export async function removePublisher(appId: string, clientId: string, by: Actor): Promise<void> {
  await transaction(async (tx) => {
    const before = await tx.publisher.findUnique({
      where: keyOf(appId, clientId),
      select: { domain: true, verifiedAt: true },
    });
    if (!before) failNotFound("The publisher");
    await tx.publisher.deleteMany({ where: { appId, clientId } });
    if (before.verifiedAt) await recordRemoval(tx, appId, clientId, before.domain, by);
  });
}

type EventWriter = Parameters<typeof recordEvent>[0];

function recordRemoval(tx: EventWriter, appId: string, clientId: string, domain: string, by: Actor) {
  return recordEvent(tx, appId, {
    type: "client.publisher_removed",
    actor: by,
    clientId,
    target: { type: "client", id: clientId },
    explanation: { domain },
  });
}

/** Two checks of the same domain within this time are one too many. */
const PAUSE_MS = 3000;

/**
 * Looks for the proof now.
 * @throws 409 with what was found, if nothing proves the domain
 */
export async function verifyPublisher(appId: string, clientId: string, by: Actor): Promise<void> {
  const publisher = (await findPublisher(appId, clientId)) ?? failNotFound("The publisher");
  const { domain, token } = publisher;
  const at = now();
  const { count } = await db().publisher.updateMany({
    where: {
      appId,
      clientId,
      token,
      OR: [{ checkedAt: null }, { checkedAt: { lt: new Date(at.getTime() - PAUSE_MS) } }],
    },
    data: { checkedAt: at },
  });
  if (count === 0) fail(429, "publisher_checked", "This domain was just checked. Wait a few seconds, then try again.");
  const result = await findProof({ domain, token });
  const method = provenBy(result);
  if (!method) failUnproven(result);
  await transaction(async (tx) => {
    // The token: the domain may have changed meanwhile.
    const { count: verified } = await tx.publisher.updateMany({
      where: { appId, clientId, token },
      data: { method, verifiedAt: publisher.verifiedAt ?? at, failingSince: null },
    });
    if (verified === 0) failNotFound("The publisher");
    if (publisher.verifiedAt) return;
    await recordEvent(tx, appId, {
      type: "client.publisher_verified",
      actor: by,
      clientId,
      target: { type: "client", id: clientId },
      explanation: { domain, method },
    });
  });
}

function failUnproven({ dns, file }: ProofResult): never {
  fail(409, "publisher_not_verified", `Foyer didn't find the proof. ${dns} ${file}`);
}
