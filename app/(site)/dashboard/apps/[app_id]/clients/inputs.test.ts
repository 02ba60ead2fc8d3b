import { describe, expect, it } from "vitest";
import { failInput } from "@/lib/errors";
import { CLIENT_SHAPE } from "@/lib/oauth/clients/inputs";
import { withListErrors } from "./form-lists";
import { NewClientForm, SettingsForm } from "./inputs";

function problems(
  schema: { safeParse: (value: unknown) => { error?: { issues: { path: PropertyKey[] }[] } } },
  sent: object,
) {
  return (schema.safeParse(sent).error?.issues ?? []).map(({ path }) => path.join("."));
}

const DURATIONS = [
  ...["default_max_age", "access_token_ttl_seconds", "id_token_ttl_seconds"],
  ...["refresh_idle_ttl_seconds", "refresh_absolute_ttl_seconds"],
];

/** What the form sends for a client with the default settings. */
const SENT: Record<string, string> = {
  client_name: "Prints",
  application_type: "web",
  pkce: "optional",
  id_token_signed_response_alg: "RS256",
  authorization_signed_response_alg: "RS256",
  introspection_signed_response_alg: "RS256",
  subject_type: "public",
  "redirect_uris.0": "https://a.example/cb",
  "scopes:openid": "on",
  "grant_types:authorization_code": "on",
  ...Object.fromEntries(DURATIONS.map((name) => [`${name}_unit`, "minutes"])),
};

describe("the settings form", () => {
  it("has every setting of a client but `public`, which can’t change", () => {
    const { lists, ...values } = SettingsForm.parse(SENT);
    const all = Object.keys({ ...values, ...lists }).sort();
    expect(all).toEqual(
      Object.keys(CLIENT_SHAPE)
        .filter((name) => name !== "public")
        .sort(),
    );
  });

  it("reads lists in the order of their field numbers, without empty entries", () => {
    const sent = {
      ...SENT,
      "redirect_uris.10": "https://c.example/cb",
      "redirect_uris.2": " https://b.example/cb ",
      "redirect_uris.0": "   ",
      "post_logout_redirect_uris.0": "https://b.example/bye",
      "redirect_uris.x": "https://no.example/",
      "contacts.0": "security@example.com",
      app_id: "app_x",
    };
    expect(SettingsForm.parse(sent).lists).toEqual({
      redirect_uris: { values: ["https://b.example/cb", "https://c.example/cb"], numbers: [2, 10] },
      post_logout_redirect_uris: { values: ["https://b.example/bye"], numbers: [0] },
      contacts: { values: ["security@example.com"], numbers: [0] },
      default_acr_values: { values: [], numbers: [] },
    });
  });

  it("reads empty fields as null, and durations with their unit", () => {
    expect(SettingsForm.parse({ ...SENT, access_token_ttl_seconds: " 2 " })).toMatchObject({
      client_uri: null,
      jwks: null,
      jwks_uri: null,
      token_endpoint_auth_method: null,
      request_object_signing_alg: null,
      userinfo_signed_response_alg: null,
      refresh: null,
      access_token_ttl_seconds: 120,
      id_token_ttl_seconds: null,
    });
  });

  it("reads the checked boxes", () => {
    const sent = { ...SENT, "scopes:photos:read": "on", first_party: "on", dpop_bound_access_tokens: "on" };
    expect(SettingsForm.parse(sent)).toMatchObject({
      scopes: ["openid", "photos:read"],
      grant_types: ["authorization_code"],
      first_party: true,
      resource_server: false,
      dpop_bound_access_tokens: true,
      require_pushed_authorization_requests: false,
    });
  });

  it("reads a key set from its text", () => {
    const jwks = { keys: [{ kty: "OKP", crv: "Ed25519", x: "abc" }] };
    expect(SettingsForm.parse({ ...SENT, jwks: JSON.stringify(jwks) }).jwks).toEqual(jwks);
  });

  it("leaves out what the form of a public client doesn’t have", () => {
    const { pkce: _, introspection_signed_response_alg: __, ...sent } = SENT;
    const values = SettingsForm.parse(sent);
    expect(values).not.toHaveProperty("pkce");
    expect(values).not.toHaveProperty("introspection_signed_response_alg");
  });

  it.each<[Record<string, string>, string]>([
    [{ client_name: " " }, "client_name"],
    [{ "redirect_uris.3": "https://a.example/", "redirect_uris.7": "x".repeat(2001) }, "redirect_uris.7"],
    [
      Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`redirect_uris.${n}`, `https://a.example/${n}`])),
      "redirect_uris",
    ],
    [{ "grant_types:password": "on" }, "grant_types.1"],
    [{ refresh: "sometimes" }, "refresh"],
    [{ pkce: "never" }, "pkce"],
    [{ token_endpoint_auth_method: "none" }, "token_endpoint_auth_method"],
    [{ token_endpoint_auth_signing_alg: "HS256" }, "token_endpoint_auth_signing_alg"],
    [{ request_object_signing_alg: "none" }, "request_object_signing_alg"],
    [{ id_token_signed_response_alg: "none" }, "id_token_signed_response_alg"],
    [{ subject_type: "secret" }, "subject_type"],
    [{ jwks: "{" }, "jwks"],
    [{ jwks: "[]" }, "jwks"],
    [{ jwks: '{"keys":[{}]}' }, "jwks"],
    [{ backchannel_logout_uri: "nowhere" }, "backchannel_logout_uri"],
    [{ default_max_age: "-1" }, "default_max_age"],
    [{ default_max_age: "525601" }, "default_max_age"],
    [{ "scopes:a b": "on" }, "scopes.1"],
  ])("rejects %j", (changes, field) => {
    expect(problems(SettingsForm, { ...SENT, ...changes })).toEqual([field]);
  });
});

describe("the form of a new application", () => {
  it("reads the owner, type, name, redirect URIs and scopes", () => {
    const sent = {
      owner: "own",
      type: "web",
      client_name: " Prints ",
      "redirect_uris.0": "https://a.example/cb",
      "scopes:openid": "on",
    };
    expect(NewClientForm.parse(sent)).toEqual({
      owner: "own",
      type: "web",
      client_name: "Prints",
      client_uri: null,
      policy_uri: null,
      redirect_uris: { values: ["https://a.example/cb"], numbers: [0] },
      scopes: ["openid"],
    });
    expect(problems(NewClientForm, { ...sent, type: "wizard" })).toEqual(["type"]);
    expect(problems(NewClientForm, { ...sent, owner: "tenant" })).toEqual(["owner"]);
    expect(problems(NewClientForm, { ...sent, client_name: "  " })).toEqual(["client_name"]);
  });
});

it("reports an error of a list entry at its field", async () => {
  const operation = (async () => failInput({ "redirect_uris.1": "must use https", pkce: "is required" }))();
  const lists = { redirect_uris: { values: ["https://a.example/", "http://b.example/"], numbers: [0, 4] } };
  await expect(withListErrors(lists, operation)).rejects.toMatchObject({
    options: { fields: { "redirect_uris.4": "must use https", pkce: "is required" } },
  });
});

it("reports an error inside of a value at the value’s field", async () => {
  const operation = (async () => failInput({ "jwks.keys.0.kty": "is missing" }))();
  await expect(withListErrors({}, operation)).rejects.toMatchObject({
    options: { fields: { jwks: "keys.0.kty is missing" } },
  });
});
