import { describe, expect, it } from "vitest";
import { failInput } from "@/lib/errors";
import { withListErrors } from "./form-lists";
import {
  BasicsForm,
  GrantsForm,
  IdTokensForm,
  LifetimesForm,
  NewClientForm,
  RedirectUrisForm,
  ScopesForm,
  SecurityForm,
} from "./inputs";

function problems(
  schema: { safeParse: (value: unknown) => { error?: { issues: { path: PropertyKey[] }[] } } },
  sent: object,
) {
  return (schema.safeParse(sent).error?.issues ?? []).map(({ path }) => path.join("."));
}

describe("client forms", () => {
  it("read lists in the order of their field numbers, without empty entries", () => {
    const sent = {
      "redirect_uris.10": "https://c.example/cb",
      "redirect_uris.2": " https://b.example/cb ",
      "redirect_uris.0": "   ",
      "post_logout_redirect_uris.0": "https://b.example/bye",
      "redirect_uris.x": "https://no.example/",
      app_id: "app_x",
    };
    expect(RedirectUrisForm.parse(sent)).toEqual({
      redirect_uris: { values: ["https://b.example/cb", "https://c.example/cb"], numbers: [2, 10] },
      post_logout_redirect_uris: { values: ["https://b.example/bye"], numbers: [0] },
    });
  });

  it("report the field of an invalid list entry", () => {
    expect(
      problems(RedirectUrisForm, { "redirect_uris.3": "https://a.example/", "redirect_uris.7": "x".repeat(2001) }),
    ).toEqual(["redirect_uris.7"]);
    const many = Object.fromEntries(
      Array.from({ length: 51 }, (_, n) => [`redirect_uris.${n}`, `https://a.example/${n}`]),
    );
    expect(problems(RedirectUrisForm, many)).toEqual(["redirect_uris"]);
  });

  it("read the type, name, redirect URIs and scopes of a new client", () => {
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

  it("read empty fields as null", () => {
    expect(BasicsForm.parse({ client_name: "Prints" })).toMatchObject({ client_uri: null, logo_uri: null });
    const unit = (name: string) => ({ [`${name}_unit`]: "minutes" });
    const units = [
      "access_token_ttl_seconds",
      "id_token_ttl_seconds",
      "refresh_idle_ttl_seconds",
      "refresh_absolute_ttl_seconds",
    ];
    expect(LifetimesForm.parse({ ...Object.assign({}, ...units.map(unit)), access_token_ttl_seconds: " 2 " })).toEqual({
      access_token_ttl_seconds: 120,
      id_token_ttl_seconds: null,
      refresh_idle_ttl_seconds: null,
      refresh_absolute_ttl_seconds: null,
    });
  });

  it("read the checked boxes", () => {
    expect(ScopesForm.parse({ "scopes:openid": "on", "scopes:photos:read": "on", app_id: "app_x" })).toEqual({
      scopes: ["openid", "photos:read"],
    });
    expect(GrantsForm.parse({ "grant_types:authorization_code": "on" })).toEqual({
      grant_types: ["authorization_code"],
      refresh: null,
    });
    expect(SecurityForm.parse({ first_party: "on" })).toEqual({
      token_endpoint_auth_method: null,
      first_party: true,
      resource_server: false,
    });
  });

  const day = { default_max_age_unit: "days" };
  it.each([
    [GrantsForm, {}, "grant_types"],
    [GrantsForm, { "grant_types:password": "on" }, "grant_types.0"],
    [GrantsForm, { "grant_types:authorization_code": "on", refresh: "sometimes" }, "refresh"],
    [SecurityForm, { pkce: "never" }, "pkce"],
    [IdTokensForm, { ...day, id_token_signed_response_alg: "none" }, "id_token_signed_response_alg"],
    [IdTokensForm, { ...day, id_token_signed_response_alg: "RS256", default_max_age: "-1" }, "default_max_age"],
    [IdTokensForm, { ...day, id_token_signed_response_alg: "RS256", default_max_age: "366" }, "default_max_age"],
  ])("reject invalid values, case %#", (schema, sent, field) => {
    expect(problems(schema, sent)).toEqual([field]);
  });
});

it("reports an error of a list entry at its field", async () => {
  const operation = (async () => failInput({ "redirect_uris.1": "must use https", pkce: "is required" }))();
  const lists = { redirect_uris: { values: ["https://a.example/", "http://b.example/"], numbers: [0, 4] } };
  await expect(withListErrors(lists, operation)).rejects.toMatchObject({
    options: { fields: { "redirect_uris.4": "must use https", pkce: "is required" } },
  });
});
