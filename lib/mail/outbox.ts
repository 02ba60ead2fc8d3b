/**
 * Sends what waits in the outbox. Each process takes a few mails at a time, under a lease; one that dies with a mail in hand leaves it to the next.
 * A mail that cannot be sent is tried again, later and later, for a day.
 */
import { now, nowMs } from "../clock";
import { prepared } from "../database/client";
import { log, scrub } from "../log";
import { processState } from "../process-state";
import { readMail } from "./mail";
import { hasTransport, sendMail } from "./transport";

const AT_ONCE = 5;
const LEASE_SECONDS = 120;
const POLL_MS = 10_000;
/** Waiting after the first, second, … failure; the last one is repeated. */
const BACK_OFF_SECONDS = [15, 60, 300, 900, 1800, 3600];
const GIVE_UP_AFTER_MS = 24 * 3600 * 1000;

interface Due {
  appId: string;
  id: string;
  template: string;
  to: string;
  fromName: string | null;
  dataSealed: string | null;
  attempts: number;
  createdAt: Date;
}

function claim(): Promise<Due[]> {
  return prepared<Due>(
    "mail-claim",
    `UPDATE "Mail" SET "attempts" = "attempts" + 1, "nextAttemptAt" = $1::timestamptz + interval '${LEASE_SECONDS} seconds'
     WHERE ("appId", "id") IN (SELECT "appId", "id" FROM "Mail" WHERE "nextAttemptAt" <= $1
       ORDER BY "nextAttemptAt" LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
     RETURNING "appId", "id", "template", "to", "fromName", "dataSealed", "attempts", "createdAt"`,
    [now()],
  );
}

/** What it said is forgotten with it: links and codes are the recipient's alone now. */
async function markSent({ appId, id }: Due): Promise<void> {
  await prepared(
    "mail-sent",
    `UPDATE "Mail" SET "sentAt" = $3, "nextAttemptAt" = NULL, "lastError" = NULL, "dataSealed" = NULL WHERE "appId" = $1 AND "id" = $2`,
    [appId, id, now()],
  );
}

async function markFailed(mail: Due, error: unknown): Promise<void> {
  const message = scrub(error instanceof Error ? error.message : String(error)).slice(0, 300);
  const wait = BACK_OFF_SECONDS[Math.min(mail.attempts, BACK_OFF_SECONDS.length) - 1] ?? 15;
  const next = new Date(nowMs() + wait * 1000);
  const over = next.getTime() - mail.createdAt.getTime() > GIVE_UP_AFTER_MS;
  log().warn({ mail: mail.id, attempts: mail.attempts, over, err: error }, "a mail was not sent");
  await prepared(
    "mail-failed",
    `UPDATE "Mail" SET "lastError" = $3, "nextAttemptAt" = $4, "failedAt" = $5, "dataSealed" = CASE WHEN $5::timestamptz IS NULL THEN "dataSealed" END
     WHERE "appId" = $1 AND "id" = $2`,
    [mail.appId, mail.id, message, over ? null : next, over ? now() : null],
  );
}

async function deliver(mail: Due): Promise<void> {
  try {
    const content = await readMail(mail);
    if (content) await sendMail({ ...content, id: mail.id, to: mail.to, fromName: mail.fromName ?? "Foyer" });
  } catch (error) {
    return markFailed(mail, error);
  }
  await markSent(mail);
}

/** Sends everything that is due. → how many mails were taken in hand. */
export async function deliverDue(): Promise<number> {
  let taken = 0;
  for (;;) {
    const due = await claim();
    taken += due.length;
    await Promise.all(due.map(deliver));
    if (due.length < AT_ONCE) return taken;
  }
}

const outbox = processState("outbox", () => ({
  timer: null as NodeJS.Timeout | null,
  running: null as Promise<unknown> | null,
  again: false,
}));

/** Starts sending what was just committed; returns at once. Calls while it runs make it look once more. */
export function wakeOutbox(): void {
  // Where no server runs (the CLI, tests) the server's next look finds it.
  if (!outbox.timer) return;
  if (outbox.running) {
    outbox.again = true;
    return;
  }
  outbox.running = deliverDue()
    .catch((error) => log().warn({ err: error }, "the outbox could not be looked through; it is tried again"))
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

/** Finishes what is being sent. */
export async function stopOutbox(): Promise<void> {
  if (outbox.timer) clearInterval(outbox.timer);
  outbox.timer = null;
  await outbox.running;
}
