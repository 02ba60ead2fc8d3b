import { beforeAll, describe, expect, it } from "vitest";
import { GET as oauthServer } from "@/app/.well-known/oauth-authorization-server/o/[app]/route";
import { GET as openidAtRoot } from "@/app/.well-known/openid-configuration/o/[app]/route";
import { call } from "@/test/support/call";
import { expectError } from "@/test/support/credentials";
import { someApp, type TestApp } from "@/test/support/factories";
import { GET as appended } from "../oauth-authorization-server/route";
import { GET } from "./route";

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

const SPELLINGS = [
  ["the discovery document at {issuer}/.well-known/openid-configuration (Discovery §4)", GET],
  ["the discovery document at /.well-known/oauth-authorization-server/o/{app} (RFC 8414 §3)", oauthServer],
  ["the discovery document at /.well-known/openid-configuration/o/{app} (RFC 8414 §5)", openidAtRoot],
  ["the discovery document at {issuer}/.well-known/oauth-authorization-server (Nimbus)", appended],
] as const;

describe.each(SPELLINGS)("%s", (_, handler) => {
  it("names the requested issuer (RFC 8414 §3.3), allows every origin, and can be cached", async () => {
    const answer = await call(handler, { params: { app: app.id } });
    expect(answer.status).toBe(200);
    expect(answer.body.issuer).toBe(app.issuer);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("cache-control")).toBe("public, max-age=300");
  });

  it("names only endpoint URLs under the issuer", async () => {
    const { body } = await call(handler, { params: { app: app.id } });
    const addresses = Object.entries(body).filter(([name]) => /(_endpoint|_uri|_iframe)$/.test(name));
    expect(addresses.length).toBeGreaterThan(0);
    for (const [, address] of addresses) expect(address).toMatch(new RegExp(`^${app.issuer}/`));
  });

  it("ignores the Host header", async () => {
    const headers = { host: "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
    expect(JSON.stringify((await call(handler, { params: { app: app.id }, headers })).body)).not.toContain("evil");
  });

  it("includes every value whose default would be wrong (Discovery §3)", async () => {
    const { body } = await call(handler, { params: { app: app.id } });
    // The default of this member is true.
    expect(body.request_uri_parameter_supported).toBe(false);
    for (const list of ["grant_types_supported", "response_modes_supported", "token_endpoint_auth_methods_supported"]) {
      expect(body[list]).toEqual(expect.any(Array));
    }
    expect(body.id_token_signing_alg_values_supported).toContain("RS256");
    expect(body.id_token_signing_alg_values_supported).not.toContain("none");
  });

  it("is a 404 error in JSON for an unknown app", async () =>
    expectError(await call(handler, { params: { app: "app_01nowhere00000" } }), 404, "not_found"));
});

it("the discovery document is the same at all of its paths", async () => {
  const bodies = [];
  for (const [, handler] of SPELLINGS) bodies.push((await call(handler, { params: { app: app.id } })).body);
  expect(bodies[1]).toEqual(bodies[0]);
  expect(bodies[2]).toEqual(bodies[0]);
});
