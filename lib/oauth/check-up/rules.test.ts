import { describe, expect, it } from "vitest";
import type { CheckedClient, CheckUpFacts } from "./facts";
import { CLIENT_RULES, findingsOf, RULES, type RuleId } from "./rules";

const NOW = new Date("2026-03-10T12:00:00Z");
const days = (n: number) => new Date(NOW.getTime() + n * 86_400_000);

const CALLBACK = "https://photos.example.com/cb";
const SECRET = { id: "sec_1", prefix: "foyer_cs_a", createdAt: days(-30) };
const client: CheckedClient = {
  id: "cli_1",
  client_name: "Prints",
  public: false,
  application_type: "web",
  redirect_uris: [CALLBACK],
  grant_types: ["authorization_code", "refresh_token"],
  pkce: "optional",
  refresh: null,
  createdAt: days(-400),
  lastUsedAt: days(-1),
  secrets: [SECRET],
  usesPkce: "sometimes",
};
const open: Partial<CheckedClient> = { public: true, secrets: [], pkce: "required", usesPkce: "always" };
const facts: CheckUpFacts = {
  now: NOW,
  settings: { delivery: "code", return_urls: [] },
  clients: [],
  isPartial: false,
};

const check = (changes: Partial<CheckedClient>) => findingsOf({ ...facts, clients: [{ ...client, ...changes }] });

describe("the security check-up", () => {
  it.each<[string, Partial<CheckedClient>]>([
    ["a client with a secret that sometimes uses PKCE", {}],
    ["a client whose requests are unknown", { usesPkce: null }],
    ["a client that requires PKCE", { pkce: "required", usesPkce: "always" }],
    ["a client without users", { grant_types: ["client_credentials"], redirect_uris: [], usesPkce: "always" }],
    ["a public client whose refresh tokens rotate by default", open],
    ["a public client without refresh tokens", { ...open, refresh: "reuse", grant_types: ["authorization_code"] }],
    [
      "a native client with a loopback address",
      { ...open, application_type: "native", redirect_uris: ["http://127.0.0.1/cb", CALLBACK] },
    ],
    ["a public client in development", { ...open, redirect_uris: ["http://localhost:3000/cb"] }],
    ["a custom scheme", { ...open, application_type: "native", redirect_uris: ["com.example.app:/callback"] }],
    ["a new client that wasn’t used yet", { createdAt: days(-6), lastUsedAt: null }],
    ["a default client that was never set up", { lastUsedAt: null, redirect_uris: [] }],
    ["a secret of a year less a day", { secrets: [{ ...SECRET, createdAt: days(-364) }] }],
    ["a query and a port in a redirect URI", { redirect_uris: ["https://photos.example.com:8443/cb?tenant=1"] }],
  ])("accepts %s", (_, changes) => expect(check(changes)).toEqual([]));

  it.each<[RuleId, Partial<CheckedClient>, object | null]>([
    [
      "http_redirect",
      { redirect_uris: ["http://photos.example.com/cb", CALLBACK] },
      { action: "remove_redirect_uris", uris: ["http://photos.example.com/cb"] },
    ],
    ["http_redirect", { redirect_uris: ["http://photos.example.com/cb"] }, null],
    [
      "pattern_redirect",
      { redirect_uris: ["https://*.example.com/cb", CALLBACK] },
      { action: "remove_redirect_uris", uris: ["https://*.example.com/cb"] },
    ],
    ["pattern_redirect", { redirect_uris: ["https://a.example.com/%2A"] }, null],
    ["pattern_redirect", { redirect_uris: ["https://a.example.com/{tenant}/cb"] }, null],
    ["pattern_redirect", { redirect_uris: ["https://a.example.com/:tenant/cb"] }, null],
    ["no_rotation", { ...open, refresh: "reuse" }, { action: "rotate_refresh" }],
    ["pkce_optional", { usesPkce: "always" }, { action: "require_pkce" }],
    [
      "loopback_server",
      { redirect_uris: ["http://localhost:3000/cb", CALLBACK] },
      { action: "remove_redirect_uris", uris: ["http://localhost:3000/cb"] },
    ],
    ["loopback_server", { redirect_uris: ["http://localhost:3000/cb"] }, null],
    [
      "broad_cors",
      { ...open, redirect_uris: ["http://[::1]:3000/cb", CALLBACK] },
      { action: "remove_redirect_uris", uris: ["http://[::1]:3000/cb"] },
    ],
    ["broad_cors", { redirect_uris: Array.from({ length: 11 }, (_, n) => `https://${n}.example.com/cb`) }, null],
    ["old_secret", { secrets: [{ ...SECRET, createdAt: days(-366) }] }, { action: "create_secret" }],
    [
      "old_secret",
      {
        secrets: [
          { ...SECRET, createdAt: days(-366) },
          { ...SECRET, id: "sec_2" },
        ],
      },
      { action: "revoke_secret", secretId: "sec_1", prefix: SECRET.prefix },
    ],
    ["old_secret", { secrets: [1, 2].map((n) => ({ ...SECRET, id: `sec_${n}`, createdAt: days(-366) })) }, null],
    ["unused_client", { createdAt: days(-7), lastUsedAt: null }, { action: "delete_client" }],
    ["unused_client", { lastUsedAt: days(-90) }, { action: "delete_client" }],
  ])("finds %s, case %#", (rule, changes, fix) => {
    expect(check(changes)).toMatchObject([{ rule, client: { id: "cli_1", client_name: "Prints" }, fix }]);
  });

  it("finds access tokens in return URLs", () => {
    const settings = { delivery: "query", return_urls: ["https://blog.example.com/"] } as const;
    expect(findingsOf({ ...facts, settings: { ...settings, return_urls: [...settings.return_urls] } })).toMatchObject([
      { rule: "token_in_url", client: null, fix: { action: "deliver_code" } },
    ]);
    expect(findingsOf({ ...facts, settings: { delivery: "query", return_urls: [] } })).toEqual([]);
  });

  it("finds each problem of each client", () => {
    const clients = [
      { ...client, usesPkce: "always" as const, lastUsedAt: days(-100) },
      { ...client, id: "cli_2", usesPkce: "always" as const },
    ];
    const found = findingsOf({ ...facts, clients }).map(({ rule, client: of }) => `${rule} ${of?.id}`);
    expect(found).toEqual(["pkce_optional cli_1", "pkce_optional cli_2", "unused_client cli_1"]);
  });

  it("cites a section of RFC 9700 for every rule", () => {
    expect(Object.keys(RULES).length).toBe(Object.keys(CLIENT_RULES).length + 1);
    for (const { standard } of Object.values(RULES)) expect(standard).toMatch(/^RFC 9700 §\d/);
  });
});
