import { describe, expect, it } from "vitest";
import { requireUsablePasskeySite } from "./passkey-site";

function check(rpId: string | null, ...origins: string[]) {
  return () => requireUsablePasskeySite({ passkey_rp_id: rpId, passkey_origins: origins }, "auth.foyer.example");
}

describe("the setting of a passkey domain", () => {
  it.each<[string | null, string[]]>([
    [null, []],
    [null, ["https://auth.foyer.example"]],
    ["example.com", ["https://example.com", "https://login.example.com:8443"]],
    ["localhost", ["http://localhost:3000", "http://app.localhost"]],
  ])("accepts %s with %j", (rpId, origins) => {
    expect(check(rpId, ...origins)).not.toThrow();
  });

  it.each<[string | null, string[], string]>([
    [null, ["https://example.com"], "passkey_origins.0: is not under auth.foyer.example"],
    ["example.com", ["https://example.com", "https://example.org"], "passkey_origins.1: is not under example.com"],
    ["example.com", ["https://notexample.com"], "is not under example.com"],
    ["login.example.com", ["https://example.com"], "is not under login.example.com"],
    ["example.com", ["http://login.example.com"], "must use https"],
    ["192.0.2.1", [], "passkey_rp_id: must be a domain"],
    ["com", [], "passkey_rp_id: must be a domain"],
  ])("rejects %s with %j", (rpId, origins, problem) => {
    expect(check(rpId, ...origins)).toThrow(problem);
  });
});
