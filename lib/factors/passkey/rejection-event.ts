/** The event of a rejected passkey. */
import type { App } from "../../apps/apps";
import { ANONYMOUS_USER, recordRejection } from "../../audit/events";
import { log } from "../../log";
import { type RejectedPasskey, textOf } from "./rejection";

type EventType = "user.sign_in_failed" | "user.second_factor_failed";

/** On a connection of its own, after the transaction that may be rolled back. */
export function recordPasskeyRejection(app: App, type: EventType, rejected: RejectedPasskey): void {
  const { userId, passkey, rejected: reason } = rejected;
  setImmediate(() => {
    recordRejection(app.id, {
      type,
      outcome: "failure",
      actor: userId ? { type: "user", id: userId } : ANONYMOUS_USER,
      userId,
      reason: `passkey_${reason}`,
      explanation: { method: "passkey", problem: textOf(rejected), ...(passkey && { passkey }) },
    }).catch((error) => log().warn({ err: error }, "the event of a rejected passkey was not written"));
  });
}
