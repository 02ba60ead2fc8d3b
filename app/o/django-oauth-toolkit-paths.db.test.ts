/** Paths of django-oauth-toolkit and of clients that were configured with Foyer's origin. */
import { beforeAll, describe, expect, it } from "vitest";
import { TEST_PUBLIC_URL } from "@/test/support/environment";
import { someApp, type TestApp } from "@/test/support/factories";
import { send } from "@/test/support/oauth";

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

it("/o/applications/ redirects to the dashboard", async () => {
  const answer = await send("/o/applications/");
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/dashboard"]);
});

it.each([
  ["/o/authorized_tokens/", "/account"],
  ["/o/.well-known/openid-configuration", "/.well-known/openid-configuration"],
  ["/o/.well-known/jwks.json", "/.well-known/openid-configuration"],
  ["/.well-known/openid-configuration", "/.well-known/openid-configuration"],
  ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"],
])("%s is a 404 that names the place per app, as JSON or as a page", async (path, place) => {
  const json = await send(path);
  expect([json.status, json.body.error]).toEqual([404, "not_found"]);
  expect(json.body.error_description).toContain(`${TEST_PUBLIC_URL}/o/{app_id}${place}`);
  const page = await send(path, { headers: { accept: "text/html" } });
  expect([page.status, page.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
  expect(page.body).toContain(place);
});

describe("the issuer's own URL", () => {
  it("opens the account page", async () => {
    for (const path of [`/o/${app.id}`, `/o/${app.id}/`]) {
      const answer = await send(path);
      expect([answer.status, answer.headers.get("location")]).toEqual([302, `/o/${app.id}/account`]);
    }
  });

  it("of an unknown app is a 404 page", async () => {
    const answer = await send("/o/app_01nowhere00000");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
  });
});

describe("a preflight request of the discovery", () => {
  it.each([
    "/.well-known/oauth-authorization-server/o/APP",
    "/.well-known/openid-configuration/o/APP",
    "/o/APP/.well-known/openid-configuration",
    "/o/APP/.well-known/oauth-authorization-server",
    "/.well-known/oauth-authorization-server",
  ])("to %s is answered for every origin and for MCP-Protocol-Version", async (path) => {
    const headers = {
      origin: "https://inspector.example",
      "access-control-request-method": "GET",
      "access-control-request-headers": "mcp-protocol-version",
    };
    const answer = await send(path.replace("APP", app.id), { method: "OPTIONS", headers });
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
    expect(answer.headers.get("access-control-allow-headers")).toContain("MCP-Protocol-Version");
    const { headers: sent } = await send(path.replace("APP", app.id), { headers });
    expect(sent.get("access-control-allow-origin")).toBe("*");
  });
});
