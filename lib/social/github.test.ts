import { customFetch } from "oauth4webapi";
import { describe, expect, it } from "vitest";
import { github } from "./github";
import type { TokenResult } from "./provider";

const NONE = { issuer: null, authorization_url: null, token_url: null, api_url: null };

/** The profile of a server that responds with this user. */
function profileOf(user: object, emails: object[] = []) {
  const respond = async (url: string) => Response.json(url.endsWith("/emails") ? emails : user);
  const call = { [customFetch]: respond };
  const result = {
    tokens: { access_token: "x", token_type: "bearer" },
    server: { issuer: "https://github.com" },
    call,
  };
  return github.profile(result as unknown as TokenResult, NONE);
}

describe("the profile of a GitHub user", () => {
  it("needs the ID and the login name only", async () => {
    expect(await profileOf({ id: 7, login: "octo" })).toMatchObject({
      subject: "7",
      email: null,
      claims: { name: "octo", preferred_username: "octo" },
    });
  });

  it.each([null, "", 7, {}])("omits a name, picture and page of the value %j", async (value) => {
    const { claims } = await profileOf({ id: 7, login: "octo", name: value, avatar_url: value, html_url: value });
    expect(claims).not.toHaveProperty("picture");
    expect(claims).not.toHaveProperty("profile");
  });

  it("has everything that the server sends", async () => {
    const urls = { avatar_url: "https://github.com/a.png", html_url: "https://github.com/octo" };
    const emails = [{ email: "octo@example.com", primary: true, verified: true }];
    expect(await profileOf({ id: 7, login: "octo", name: "Octo Cat", ...urls }, emails)).toMatchObject({
      emailVerified: true,
      claims: { name: "Octo Cat", picture: urls.avatar_url, profile: urls.html_url },
    });
  });
});
