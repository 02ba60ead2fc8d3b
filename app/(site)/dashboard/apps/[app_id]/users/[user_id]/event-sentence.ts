/** An event of the audit trail in words. */
import type { eventAnswer } from "@/lib/audit/list";

type Event = Pick<ReturnType<typeof eventAnswer>, "type" | "outcome" | "reason" | "actor" | "explanation">;

const SENTENCES: Record<string, string> = {
  "user.signed_up": "Signed up",
  "user.signed_in": "Signed in",
  "user.sign_in_failed": "Sign-in failed",
  "user.created": "Was added",
  "user.updated": "Was changed",
  "user.deleted": "Was deleted",
  "user.password_changed": "Changed the password",
  "user.sessions_ended": "All sessions were ended",
  "session.ended": "A session was ended",
  "session.refresh_reused": "An old refresh token was used: the session was ended",
  "session.refresh_repeated": "A refresh token was used twice at once",
};

const BY: Record<string, string> = { developer: "in the dashboard", key: "by API", operator: "by the operator" };

/** What people do themselves needs no "by whom". */
const OWN = new Set(["user.signed_up", "user.signed_in"]);

function spoken(word: string): string {
  const words = word.replace(/[._]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function changedFields({ explanation }: Event): string {
  const changed = (explanation as { changed?: unknown } | null)?.changed;
  if (!Array.isArray(changed) || changed.length === 0 || changed.length > 3) return "";
  return `: ${changed.join(", ").replaceAll("_", " ")}`;
}

export function eventSentence(event: Event): string {
  const what = SENTENCES[event.type] ?? spoken(event.type);
  if (event.outcome !== "success")
    return event.reason ? `${what}, refused: ${event.reason.replaceAll("_", " ")}` : what;
  const by = OWN.has(event.type) ? undefined : BY[event.actor.type];
  return `${what}${by ? ` ${by}` : ""}${changedFields(event)}`;
}
