/** One-line summary of an event: "User updated in the dashboard: name". */
import { EVENT_TYPES } from "@/lib/audit/event-types";
import type { EventAnswer } from "@/lib/audit/list";
import { capitalize, methodPhrase } from "../method-labels";

export type SummarizedEvent = Pick<EventAnswer, "type" | "outcome" | "reason" | "actor" | "explanation">;

const ACTORS: Record<string, string> = {
  developer: "in the dashboard",
  key: "via the API",
  operator: "by the operator",
};

/** Actions of users: the summary names no other actor, such as the API key of the backend. */
const USER_EVENTS = new Set(["user.signed_up", "user.signed_in", "user.second_factor_needed"]);

const FACTORS: Record<string, string> = {
  totp: "authenticator app",
  email: "emailed codes",
  passkey: "passkey",
  recovery_code: "recovery code",
};

const REASONS: Record<string, string> = {
  wrong_password: "wrong password",
  wrong_code: "wrong code",
  unknown_user: "no user has this email address",
  refresh_token_reused: "the refresh token was already used",
  refresh_repeated_within_grace: "repeated within the grace period",
  ended_by_owner: "revoked in the dashboard",
  ended_by_user: "signed out by the user",
  user_disabled: "the user is disabled",
  access_denied: "canceled at the provider",
  provider_error: "unexpected response from the provider",
  provider_unavailable: "the provider didn’t respond",
  account_exists: "another user has this email address, and the provider hasn’t verified it",
  state_of_another_browser: "started in another browser",
  state_of_another_connection: "started with another connection",
  code_replayed: "the code was already used",
};

/** More changed fields are summarized as "several fields". */
const MAX_NAMED_FIELDS = 3;

function withSpaces(identifier: string): string {
  return identifier.replace(/[._]/g, " ");
}

function factsOf({ explanation }: SummarizedEvent): Record<string, unknown> {
  return typeof explanation === "object" && explanation !== null ? (explanation as Record<string, unknown>) : {};
}

function changedFields(changed: unknown): string {
  const fields = Array.isArray(changed) ? changed.filter((item): item is string => typeof item === "string") : [];
  return fields.length > MAX_NAMED_FIELDS ? "several fields" : fields.map(withSpaces).join(", ");
}

function reasonPhrase(reason: string): string {
  return REASONS[reason] ?? withSpaces(reason);
}

function firstSentence(text: string): string {
  return text.split(/\.(?= |$)/)[0] ?? text;
}

export function eventSummary(event: SummarizedEvent): string {
  const { method, changed, description, factor } = factsOf(event);
  const title = EVENT_TYPES.get(event.type)?.title ?? capitalize(withSpaces(event.type));
  if (event.outcome === "rejected" && typeof description === "string") return `Rejected: ${firstSentence(description)}`;
  if (event.outcome !== "success") return event.reason ? `${title}: ${reasonPhrase(event.reason)}` : title;
  const how = typeof method === "string" && method ? ` ${methodPhrase(method)}` : "";
  const actor = USER_EVENTS.has(event.type) ? undefined : ACTORS[event.actor.type];
  const fields = typeof factor === "string" ? (FACTORS[factor] ?? withSpaces(factor)) : changedFields(changed);
  return `${title}${how}${actor ? ` ${actor}` : ""}${fields && `: ${fields}`}`;
}
