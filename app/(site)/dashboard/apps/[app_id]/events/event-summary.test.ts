import { describe, expect, it } from "vitest";
import { EVENT_TYPES } from "@/lib/audit/event-types";
import { eventSummary, type SummarizedEvent } from "./event-summary";

const event = (of: Partial<SummarizedEvent>): SummarizedEvent => ({
  type: "user.signed_in",
  outcome: "success",
  reason: null,
  actor: { type: "user", id: "usr_1" },
  explanation: {},
  ...of,
});

describe("eventSummary", () => {
  it.each<[string, Partial<SummarizedEvent>]>([
    ["Signed in with a password", { explanation: { method: "password" } }],
    ["Signed in with GitHub", { explanation: { method: "github" }, actor: { type: "key", id: "key_1" } }],
    ["Signed in", { explanation: null }],
    ["Sign-in failed: wrong password", { type: "user.sign_in_failed", outcome: "failure", reason: "wrong_password" }],
    [
      "User updated in the dashboard: given name, locale",
      {
        type: "user.updated",
        actor: { type: "developer", id: "usr_2" },
        explanation: { changed: ["given_name", "locale"] },
      },
    ],
    [
      "User updated via the API: several fields",
      { type: "user.updated", actor: { type: "key", id: "key_1" }, explanation: { changed: ["a", "b", "c", "d"] } },
    ],
    [
      "Rejected: The redirect_uri is not registered",
      {
        type: "oauth.rejected",
        outcome: "rejected",
        reason: "invalid_request",
        explanation: { description: "The redirect_uri is not registered. It differs by a slash." },
      },
    ],
    ["Request rejected: invalid request", { type: "oauth.rejected", outcome: "rejected", reason: "invalid_request" }],
    [
      "Second factor needed with a magic link",
      { type: "user.second_factor_needed", actor: { type: "key", id: "key_1" }, explanation: { method: "magic_link" } },
    ],
    [
      "Second factor failed: wrong code",
      {
        type: "user.second_factor_failed",
        outcome: "failure",
        reason: "wrong_code",
        explanation: { method: "password" },
      },
    ],
    ["Second factor added: authenticator app", { type: "user.factor_added", explanation: { factor: "totp" } }],
    [
      "Second factor removed in the dashboard: passkey",
      { type: "user.factor_removed", actor: { type: "developer", id: "usr_2" }, explanation: { factor: "passkey" } },
    ],
    ["Something new", { type: "something.new" }],
    ["User updated: ok", { type: "user.updated", explanation: { changed: ["ok", 7, null] } }],
  ])("returns %s", (summary, of) => {
    expect(eventSummary(event(of))).toBe(summary);
  });

  it("begins with the title of the event type", () => {
    for (const [type, { title }] of EVENT_TYPES)
      expect(eventSummary(event({ type })), type).toMatch(new RegExp(`^${title}`));
  });
});
