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
};

const key = { id: "key_1", name: "production", createdAt: days(-30), lastUsedAt: days(-1), expiresAt: null };
const client = {
  id: "cli_1",
  name: "Prints",
  createdAt: days(-30),
  lastUsedAt: days(-1),
  lacksRedirectUri: false,
  secrets: [{ expiresAt: null }],
};
const refusal = {
  eventId: "evt_1",
  clientId: "cli_1",
  reason: "invalid_request",
  description: "The redirect_uri is not registered.",
  count: 10,
};

const seen = (facts: Partial<AttentionFacts>) =>
  noticesOf({ ...QUIET, ...facts }).map(({ tone, title, page }) => `${tone}: ${title} → ${page}`);

describe("what needs attention", () => {
  it.each<[string, Partial<AttentionFacts>]>([
    ["nothing happened", {}],
    ["everything is in use", { keys: [key], clients: [client] }],
    ["a few refusals", { refusals: [{ ...refusal, count: 9 }] }],
    ["a few failures", { signIns: { lastHour: 19, usualHour: 0 } }],
    ["as many failures as ever", { signIns: { lastHour: 300, usualHour: 100 } }],
    [
      "a new key and a new client",
      {
        keys: [{ ...key, createdAt: days(-6), lastUsedAt: null }],
        clients: [{ ...client, createdAt: days(-6), lastUsedAt: null }],
      },
    ],
    ["a key that lasts", { keys: [{ ...key, expiresAt: days(15) }] }],
    [
      "a secret that runs out beside one that does not",
      { clients: [{ ...client, secrets: [{ expiresAt: days(1) }, { expiresAt: null }] }] },
    ],
    ["a public client, which has no secret", { clients: [{ ...client, secrets: [] }] }],
  ])("nothing when %s", (_, facts) => {
    expect(seen(facts)).toEqual([]);
  });

  it.each<[string, Partial<AttentionFacts>]>([
    [
      "danger: 20 sign-ins failed within an hour → /events?type=user.sign_in_failed&within=hour",
      { signIns: { lastHour: 20, usualHour: 5 } },
    ],
    ["danger: Prints was refused 10 times within a day → /events/evt_1", { refusals: [refusal], clients: [client] }],
    [
      "danger: An unknown client was refused 1,200 times within a day → /events/evt_1",
      { refusals: [{ ...refusal, clientId: null, description: null, count: 1200 }] },
    ],
    ["danger: A mail could not be delivered → /mails", { mails: { failed: 1, unsent: 0 } }],
    ["danger: 3 mails could not be delivered → /mails", { mails: { failed: 3, unsent: 0 } }],
    ["warning: Mails are written, but nobody sends them → /mails", { mails: { failed: 0, unsent: 2 } }],
    ["warning: The API key “production” expires in 13 days → /keys", { keys: [{ ...key, expiresAt: days(13) }] }],
    ["warning: The API key “production” expires within a day → /keys", { keys: [{ ...key, expiresAt: days(0.5) }] }],
    [
      "warning: The API key “production” has expired → /keys",
      { keys: [{ ...key, expiresAt: days(-2), lastUsedAt: null }] },
    ],
    [
      "warning: The secret of Prints expires in 3 days → /clients/cli_1",
      { clients: [{ ...client, secrets: [{ expiresAt: days(3) }, { expiresAt: days(1) }] }] },
    ],
    ["warning: Prints has no redirect URI → /clients/cli_1", { clients: [{ ...client, lacksRedirectUri: true }] }],
    ["warning: No owner of this App has a verified e-mail address → /dashboard/account", { ownerVerified: false }],
    [
      "hint: The API key “production” was never used → /keys",
      { keys: [{ ...key, createdAt: days(-7), lastUsedAt: null }] },
    ],
    ["hint: The API key “production” was not used for 90 days → /keys", { keys: [{ ...key, lastUsedAt: days(-90) }] }],
    ["hint: Prints has never connected → /clients/cli_1", { clients: [{ ...client, lastUsedAt: null }] }],
  ])("%s", (notice, facts) => {
    expect(seen(facts)).toEqual([notice]);
  });

  it("names the most pressing first", () => {
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
