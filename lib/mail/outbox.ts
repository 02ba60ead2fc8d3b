/**
 * Sends the emails in the outbox. Each process leases a few at a time; another process takes them
 * over when the lease expires. A failed email is retried for a day, at growing intervals.
 */
import { now, nowMs } from "../clock";
import { prepared } from "../database/client";
import { log, redact } from "../log";
import { processState } from "../process-state";
import { readEmail } from "./email-row";
import { hasTransport, sendEmail } from "./transport";

const BATCH = 5;
const LEASE_SECONDS = 120;
const POLL_MS = 10_000;
/** Delay after the first, second, … failure. The last value repeats. */
const RETRY_SECONDS = [15, 60, 300, 900, 1800, 3600];
const GIVE_UP_AFTER_MS = 24 * 3600 * 1000;

interface DueEmail {
  appId: string;
  id: string;
  template: string;
  to: string;
  fromName: string | null;
  dataSealed: string | null;
  attempts: number;
  createdAt: Date;
}

function leaseDue(): Promise<DueEmail[]> {
  return prepared<DueEmail>(
    "mail-claim",
    `UPDATE "Mail" SET "attempts" = "attempts" + 1, "nextAttemptAt" = $1::timestamptz + interval '${LEASE_SECONDS} seconds'
     WHERE ("appId", "id") IN (SELECT "appId", "id" FROM "Mail" WHERE "nextAttemptAt" <= $1
       ORDER BY "nextAttemptAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
     RETURNING "appId", "id", "template", "to", "fromName", "dataSealed", "attempts", "createdAt"`,
    [now()],
  );
}

/** Deletes the sealed data too: from now on, only the recipient has the links and codes. */
async function markSent({ appId, id }: DueEmail): Promise<void> {
  await prepared(
    "mail-sent",
    `UPDATE "Mail" SET "sentAt" = $3, "nextAttemptAt" = NULL, "lastError" = NULL, "dataSealed" = NULL WHERE "appId" = $1 AND "id" = $2`,
    [appId, id, now()],
  );
}

async function markFailed(email: DueEmail, error: unknown): Promise<void> {
  const message = redact(error instanceof Error ? error.message : String(error)).slice(0, 300);
  const delaySeconds = RETRY_SECONDS[Math.min(email.attempts, RETRY_SECONDS.length) - 1] ?? 15;
  const next = new Date(nowMs() + delaySeconds * 1000);
  const givenUp = next.getTime() - email.createdAt.getTime() > GIVE_UP_AFTER_MS;
  log().warn({ mailId: email.id, attempts: email.attempts, givenUp, err: error }, "an email was not sent");
  await prepared(
    "mail-failed",
    `UPDATE "Mail" SET "lastError" = $3, "nextAttemptAt" = $4, "failedAt" = $5, "dataSealed" = CASE WHEN $5::timestamptz IS NULL THEN "dataSealed" END
     WHERE "appId" = $1 AND "id" = $2`,
    [email.appId, email.id, message, givenUp ? null : next, givenUp ? now() : null],
  );
}

async function send(email: DueEmail): Promise<void> {
  try {
    const content = await readEmail(email);
    if (content) await sendEmail({ ...content, id: email.id, to: email.to, fromName: email.fromName ?? "Foyer" });
  } catch (error) {
    return markFailed(email, error);
  }
  await markSent(email);
}

/** Sends all due emails. → how many were attempted */
export async function deliverDue(): Promise<number> {
  let attempted = 0;
  for (;;) {
    const due = await leaseDue();
    attempted += due.length;
    await Promise.all(due.map(send));
    if (due.length < BATCH) return attempted;
  }
}

const outbox = processState("outbox", () => ({
  timer: null as NodeJS.Timeout | null,
  running: null as Promise<unknown> | null,
  again: false,
}));

/**
 * Starts sending what was just committed; returns at once. Calls while it runs make it look once
 * more.
 */
export function wakeOutbox(): void {
  // In a process without a server (the CLI, tests), the server's next poll sends it.
  if (!outbox.timer) return;
  if (outbox.running) {
    outbox.again = true;
    return;
  }
  outbox.running = deliverDue()
    .catch((error) => log().warn({ err: error }, "the outbox could not be read; it will be retried"))
    .finally(() => {
      outbox.running = null;
      if (!outbox.again) return;
      outbox.again = false;
      wakeOutbox();
    });
}

export function startOutbox(): void {
  if (!hasTransport()) return;
  outbox.timer ??= setInterval(wakeOutbox, POLL_MS).unref();
  wakeOutbox();
}

/** Stops polling and waits for the emails that are being sent. */
export async function stopOutbox(): Promise<void> {
  if (outbox.timer) clearInterval(outbox.timer);
  outbox.timer = null;
  await outbox.running;
}
