import { describe, expect, it } from "vitest";
import { ConnectionForm, NewConnectionForm } from "./inputs";

const sent = { provider: "github", client_id: "id", client_secret: "secret", delivery: "code", enabled: "on" };

describe("the form of a new connection", () => {
  it("reads empty fields as null and uses the provider's default scopes", () => {
    expect(NewConnectionForm.parse(sent)).toEqual({
      provider: "github",
      client_id: "id",
      client_secret: "secret",
      display_name: null,
      issuer: null,
      authorization_url: null,
      token_url: null,
      api_url: null,
      scopes: ["read:user", "user:email"],
      redirect_uris: [],
      delivery: "code",
      enabled: true,
    });
  });

  it("reads scopes separated by spaces or lines, and one return URL per line", () => {
    const read = NewConnectionForm.parse({
      ...sent,
      scopes: " read:user\n repo ",
      redirect_uris: "https://a.example/\r\n\nmyapp://b",
    });
    expect(read).toMatchObject({ scopes: ["read:user", "repo"], redirect_uris: ["https://a.example/", "myapp://b"] });
  });

  it.each([
    [{ scopes: 'read "all"' }, "scopes"],
    [{ redirect_uris: "javascript:alert(1)" }, "redirect_uris"],
    [{ redirect_uris: "/relative" }, "redirect_uris"],
    [{ authorization_url: "http://github.example" }, "authorization_url"],
    [{ connection: "Refresh" }, "connection"],
    [{ connection: "refresh" }, "connection"],
    [{ provider: "bitbucket" }, "provider"],
    [{ client_id: undefined }, "client_id"],
    [{ delivery: "post" }, "delivery"],
  ])("reports an error of its field for %j", (changes, field) => {
    const { error } = NewConnectionForm.safeParse({ ...sent, ...changes });
    expect(error?.issues.map(({ path }) => path.join("."))).toEqual([field]);
  });
});

describe("the form of an existing connection", () => {
  it("keeps the secret when the field is empty and reads an unchecked box as off", () => {
    const changes = ConnectionForm.parse({ ...sent, name: "github", client_secret: undefined, enabled: undefined });
    expect(changes).toMatchObject({ name: "github", client_secret: undefined, enabled: false, display_name: null });
  });
});
