import { describe, expect, it } from "vitest";
import { TEST_PUBLIC_URL } from "@/test/support/environment";
import { send } from "@/test/support/oauth";

const PATHS = [
  "/.well-known/openid-configuration",
  "/.well-known/oauth-authorization-server",
  "/.well-known/jwks.json",
  "/.well-known/openid-configuration/o",
  "/o/.well-known/openid-configuration",
  "/o/.well-known/oauth-authorization-server/",
  "/o/app_01nowhere00000/.well-known/webfinger",
];

describe.each(PATHS)("%s, which is under no issuer,", (path) => {
  it.each(["", "*/*", "application/json"])(
    "is a 404 in JSON that names the right URL for Accept: %s",
    async (accept) => {
      const answer = await send(path, { headers: { accept } });
      expect([answer.status, answer.body.error]).toEqual([404, "not_found"]);
      expect(answer.body.error_description).toContain(`${TEST_PUBLIC_URL}/o/{app_id}/.well-known/openid-configuration`);
      expect(answer.body.request_id).toBeTruthy();
    },
  );

  it("is a page for browsers", async () => {
    const answer = await send(path, { headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } });
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
    expect(answer.body).toContain("/o/{app_id}");
  });
});
