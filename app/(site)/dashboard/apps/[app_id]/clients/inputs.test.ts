import { describe, expect, it } from "vitest";
import { failInput } from "@/lib/errors";
import { besideLines } from "./beside-lines";
import { BasicsForm, LifetimesForm, NewClientForm, ScopesForm, SecurityForm } from "./inputs";

const security = { id_token_signed_response_alg: "RS256", "grant:authorization_code": "on" };

describe("the forms of a client", () => {
  it("take one address per line", () => {
    const sent = {
      type: "web",
      client_name: " Prints ",
      redirect_uris: "https://a.example/cb\r\n\r\n https://b.example/cb ",
    };
    expect(NewClientForm.parse(sent)).toEqual({
      type: "web",
      client_name: "Prints",
      redirect_uris: ["https://a.example/cb", "https://b.example/cb"],
    });
  });

  it("read what is empty as none", () => {
    expect(BasicsForm.parse({ client_name: "Prints" })).toMatchObject({ client_uri: null, logo_uri: null });
    expect(LifetimesForm.parse({ access_token_ttl_seconds: " 120 " })).toMatchObject({
      access_token_ttl_seconds: 120,
      id_token_ttl_seconds: null,
    });
  });

  it("read the boxes that are ticked, and nothing else", () => {
    expect(ScopesForm.parse({ "scope:openid": "on", "scope:photos:read": "on", app_id: "app_x" })).toEqual({
      scopes: ["openid", "photos:read"],
    });
    expect(SecurityForm.parse(security)).toMatchObject({
      grant_types: ["authorization_code"],
      token_endpoint_auth_method: null,
      refresh: null,
      claims_in_id_token: false,
    });
  });

  it.each([
    [{ id_token_signed_response_alg: "RS256" }, "grant_types"],
    [{ ...security, "grant:password": "on" }, "grant_types"],
    [{ ...security, default_max_age: "-1" }, "default_max_age"],
    [{ ...security, id_token_signed_response_alg: "none" }, "id_token_signed_response_alg"],
    [{ ...security, refresh: "sometimes" }, "refresh"],
  ])("refuse %j beside %s", (sent, field) => {
    expect(SecurityForm.safeParse(sent).error?.issues.map(({ path }) => path.join("."))).toEqual([field]);
  });
});

describe("an error about an entry of a list", () => {
  it("names the line that it is about", async () => {
    const work = (async () => failInput({ "redirect_uris.1": "must use https", pkce: "is required" }))();
    const lists = { redirect_uris: ["https://a.example/", "http://b.example/"] };
    await expect(besideLines(lists, work)).rejects.toMatchObject({
      options: { fields: { redirect_uris: "“http://b.example/” must use https", pkce: "is required" } },
    });
  });
});
