import { describe, expect, it } from "vitest";
import { type AttentionFacts, noticesOf } from "./attention";

const NOW = new Date("2026-03-10T12:00:00Z");
const days = (n: number) => new Date(NOW.getTime() + n * 86_400_000);

const QUIET: AttentionFacts = {
  now: NOW,
  refusals: [],
  signIns: { lastHour: 0, usualHour: 0 },
  keys: [],
  clients: [],
  mails: { failed: 0, unsent: 0 },
  ownerVerified: true,
  findings: 0,
};

const key = { id: "key_1", name: "production", createdAt: days(-30), lastUsedAt: days(-1), expiresAt: null };
const client = {
  id: "cli_1",
  name: "Prints",
  createdAt: days(-30),
  lastUsedAt: days(-1),
  lacksRedirectUri: false,
  ambiguousScheme: null,
  secrets: [{ expiresAt: null }],
};
const refusal = {
  eventId: "evt_1",
  clientId: "cli_1",
  reason: "invalid_request",
  description: "The redirect_uri is not registered.",
  count: 10,
};

const summaries = (facts: Partial<AttentionFacts>) =>
  noticesOf({ ...QUIET, ...facts }).map(({ tone, title, page }) => `${tone}: ${title} → ${page}`);

describe("noticesOf", () => {
  it.each<[string, Partial<AttentionFacts>]>([
    ["without events", {}],
    ["when everything is in use", { keys: [key], clients: [client] }],
    ["for few rejected requests", { refusals: [{ ...refusal, count: 9 }] }],
    ["for few failed sign-ins", { signIns: { lastHour: 19, usualHour: 0 } }],
    ["for as many failed sign-ins as usual", { signIns: { lastHour: 300, usualHour: 100 } }],
    [
      "for a new key and a new client",
      {
        keys: [{ ...key, createdAt: days(-6), lastUsedAt: null }],
        clients: [{ ...client, createdAt: days(-6), lastUsedAt: null }],
      },
    ],
    ["for a key that doesn't expire soon", { keys: [{ ...key, expiresAt: days(15) }] }],
    [
      "for an expiring secret beside one that doesn't expire",
      { clients: [{ ...client, secrets: [{ expiresAt: days(1) }, { expiresAt: null }] }] },
    ],
    ["for a public client, which has no secret", { clients: [{ ...client, secrets: [] }] }],
  ])("returns nothing %s", (_, facts) => {
    expect(summaries(facts)).toEqual([]);
  });

  it.each<[string, Partial<AttentionFacts>]>([
    [
      "danger: 20 failed sign-ins in the last hour → /events?type=user.sign_in_failed&within=hour",
      { signIns: { lastHour: 20, usualHour: 5 } },
    ],
    [
      "danger: Prints: 10 rejected requests in the last 24 hours → /events/evt_1",
      { refusals: [refusal], clients: [client] },
    ],
    [
      "danger: Unknown application: 1,200 rejected requests in the last 24 hours → /events/evt_1",
      { refusals: [{ ...refusal, clientId: null, description: null, count: 1200 }] },
    ],
    ["danger: 1 email couldn’t be delivered → /mails", { mails: { failed: 1, unsent: 0 } }],
    ["danger: 3 emails couldn’t be delivered → /mails", { mails: { failed: 3, unsent: 0 } }],
    ["warning: Email delivery isn’t configured → /mails", { mails: { failed: 0, unsent: 2 } }],
    ["warning: API key “production” expires in 13 days → /keys", { keys: [{ ...key, expiresAt: days(13) }] }],
    ["warning: API key “production” expires within 24 hours → /keys", { keys: [{ ...key, expiresAt: days(0.5) }] }],
    [
      "warning: API key “production” has expired → /keys",
      { keys: [{ ...key, expiresAt: days(-2), lastUsedAt: null }] },
    ],
    [
      "warning: Client secret of Prints expires in 3 days → /clients/cli_1",
      { clients: [{ ...client, secrets: [{ expiresAt: days(3) }, { expiresAt: days(1) }] }] },
    ],
    ["warning: Prints has no redirect URI → /clients/cli_1", { clients: [{ ...client, lacksRedirectUri: true }] }],
    ["warning: No owner has a verified email address → /dashboard/account", { ownerVerified: false }],
    [
      "hint: API key “production” has never been used → /keys",
      { keys: [{ ...key, createdAt: days(-7), lastUsedAt: null }] },
    ],
    ["hint: API key “production” hasn’t been used for 90 days → /keys", { keys: [{ ...key, lastUsedAt: days(-90) }] }],
    ["hint: Prints uses the scheme cursor: → /clients/cli_1", { clients: [{ ...client, ambiguousScheme: "cursor" }] }],
    ["hint: The security check-up has one finding → /check-up", { findings: 1 }],
    ["hint: The security check-up has 3 findings → /check-up", { findings: 3 }],
    ["hint: Prints has never been used → /clients/cli_1", { clients: [{ ...client, lastUsedAt: null }] }],
  ])("returns %s", (notice, facts) => {
    expect(summaries(facts)).toEqual([notice]);
  });

  it("returns the most urgent notices first", () => {
    const tones = noticesOf({
      ...QUIET,
      refusals: [refusal],
      ownerVerified: false,
      keys: [{ ...key, lastUsedAt: null }],
      signIns: { lastHour: 500, usualHour: 0 },
    }).map(({ tone }) => tone);
    expect(tones).toEqual(["danger", "danger", "warning", "hint"]);
  });
});
