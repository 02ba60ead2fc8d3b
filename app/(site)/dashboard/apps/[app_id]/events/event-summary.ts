/** An event of the audit trail in words: what happened, and what is known of it beyond that. */
import { EVENT_TYPES } from "@/lib/audit/event-types";
import type { EventAnswer } from "@/lib/audit/list";
import { findProvider } from "@/lib/social/list";

export type SummarizedEvent = Pick<EventAnswer, "type" | "outcome" | "reason" | "actor" | "explanation">;

const BY: Record<string, string> = { developer: "in the dashboard", key: "by API", operator: "by the operator" };

/** What people do themselves needs no "by whom". */
const OWN = new Set(["user.signed_up", "user.signed_in"]);

const REASONS: Record<string, string> = {
  wrong_password: "wrong password",
  unknown_user: "nobody has this address",
  refresh_token_reused: "a refresh token that was used up",
  refresh_repeated_within_grace: "harmless, within its grace",
  ended_by_owner: "ended in the dashboard",
  ended_by_user: "ended by the user",
  user_disabled: "the user was disabled",
  access_denied: "cancelled there",
  provider_error: "it did not answer as it should",
  provider_unavailable: "it does not answer",
  account_exists: "the address is somebody's already, and not verified there",
  state_of_another_browser: "another browser began it",
  state_of_another_connection: "it began with another connection",
  code_replayed: "a code was used twice",
};

const METHODS: Record<string, string> = {
  password: "with a password",
  magic_link: "with a magic link",
};

/** More fields than these are "several". */
const NAMED_FIELDS = 3;

function spoken(word: string): string {
  return word.replace(/[._]/g, " ");
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function facts({ explanation }: SummarizedEvent): Record<string, unknown> {
  return typeof explanation === "object" && explanation !== null ? (explanation as Record<string, unknown>) : {};
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** "password", "magic_link", "github" → as one says it. */
export function methodPhrase(method: string): string {
  return METHODS[method] ?? `with ${findProvider(method)?.label ?? capitalised(spoken(method))}`;
}

export function reasonPhrase(reason: string): string {
  return REASONS[reason] ?? spoken(reason);
}

/** What is wrong comes first; how it came about is for the page of the event. */
function firstSentence(text: string): string {
  return text.split(/\.(?= |$)/)[0] ?? text;
}

/** What happened: "Signed in with a password", "User changed in the dashboard: name". */
export function eventSummary(event: SummarizedEvent): string {
  const { method, changed, description } = facts(event);
  const what = EVENT_TYPES.get(event.type)?.says ?? capitalised(spoken(event.type));
  if (event.outcome === "rejected" && typeof description === "string") return `Refused: ${firstSentence(description)}`;
  if (event.outcome !== "success") return event.reason ? `${what}: ${reasonPhrase(event.reason)}` : what;
  const how = typeof method === "string" && method ? ` ${methodPhrase(method)}` : "";
  const by = OWN.has(event.type) ? "" : BY[event.actor.type] ? ` ${BY[event.actor.type]}` : "";
  const fields = list(changed);
  const named = fields.length > NAMED_FIELDS ? "several fields" : fields.map(spoken).join(", ");
  return `${what}${how}${by}${named && `: ${named}`}`;
}
