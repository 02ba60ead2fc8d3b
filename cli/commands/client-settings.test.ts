import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CLIENT_SHAPE } from "@/lib/oauth/clients/inputs";
import { parseCommand } from "../parse";
import { readClientSettings } from "./client-settings";
import { clientsCreate, clientsUpdate } from "./clients";

const COMMANDS = [clientsCreate, clientsUpdate];

function settings(...words: string[]): Record<string, unknown> {
  return readClientSettings(
    parseCommand(COMMANDS, ["clients", "update", "--app", "app_x", "--client", "cli_x", ...words]).flags,
  );
}

describe("the flags of `clients create` and `clients update`", () => {
  it.each(COMMANDS)("$name has a flag for each setting, by its name in RFC 7591 too", ({ flags }) => {
    const names = Object.entries(flags).flatMap(([name, { also = [] }]) => [name, ...also]);
    for (const field of Object.keys(CLIENT_SHAPE)) expect(names).toContain(field.replaceAll("_", "-"));
  });

  it.each<[string[], object]>([
    [["--first-party"], { first_party: true }],
    [["--first-party", "--pkce", "required"], { first_party: true, pkce: "required" }],
    [["--first-party", "off"], { first_party: false }],
    [["--dpop-bound-access-tokens", "true"], { dpop_bound_access_tokens: true }],
    [["--dpop-bound-access-tokens=false"], { dpop_bound_access_tokens: false }],
    [["--claims-in-id-token", "off"], { claims_in_id_token: false }],
    [["--id-token-alg", "ES256"], { id_token_signed_response_alg: "ES256" }],
    [["--id-token-signed-response-alg", "ES256"], { id_token_signed_response_alg: "ES256" }],
    [["--token-endpoint-auth-method=private_key_jwt"], { token_endpoint_auth_method: "private_key_jwt" }],
    [["--client-name", "Prints"], { client_name: "Prints" }],
    [["--scope", "openid photos:read", "--scope", "email"], { scopes: ["openid", "photos:read", "email"] }],
    [["--scopes", "openid,email"], { scopes: ["openid", "email"] }],
    [["--redirect-uri", "https://a.example/?x=1,2"], { redirect_uris: ["https://a.example/?x=1,2"] }],
    [
      ["--redirect-uris", "https://a.example/", "--redirect-uri", "https://b.example/"],
      { redirect_uris: ["https://a.example/", "https://b.example/"] },
    ],
    [["--contacts", "a@example.com, b@example.com"], { contacts: ["a@example.com", "b@example.com"] }],
    [["--contacts", ""], { contacts: [] }],
    [["--jwks-uri", ""], { jwks_uri: null }],
    [["--default-max-age", "600"], { default_max_age: 600 }],
    [["--native"], { application_type: "native" }],
    [[], {}],
  ])("read %j", (words, expected) => expect(settings(...words)).toEqual(expected));

  it("read a file with keys", () => {
    const file = join(mkdtempSync(join(tmpdir(), "foyer-")), "jwks.json");
    writeFileSync(file, '{"keys":[]}');
    expect(settings("--jwks", file)).toEqual({ jwks: { keys: [] } });
    writeFileSync(file, "no");
    expect(() => settings("--jwks", file)).toThrow(/is not JSON/);
    expect(() => settings("--jwks", `${file}.missing`)).toThrow(/can't be read/);
  });

  it.each([
    [["--first-party", "maybe"], "--first-party must be on or off"],
    [["--pkce"], "--pkce needs a value"],
    [["--client_nam", "x"], "Did you mean --name?"],
  ])("reject %j", (words, problem) => expect(() => settings(...words)).toThrow(problem));

  it("are all explained by the help of the command, and only the common ones in its usage", () => {
    const help = parseCommand(COMMANDS, ["clients", "update", "--help"]);
    expect(help.command.name).toBe("help");
    expect(() => settings("--nonsense")).toThrow(/more flags: foyer clients update --help/);
    expect(() => settings("--nonsense")).not.toThrow(/sector-identifier-uri/);
  });
});
