/** Pages: their headers, and who may post to them. */
import { beforeAll, describe, expect, it } from "vitest";
import { type Server, startServer } from "../test/support/server";

let server: Server;
beforeAll(async () => {
  server = await startServer();
});

const get = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, { redirect: "manual", ...init });
const nonceOf = (policy: string) => /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";

describe.each([
  ["the front page", "/", 200],
  ["an address that nothing answers", "/nothing/at/all", 404],
])("%s", (_name, path, status) => {
  it("has a policy whose nonce, new each time, is on every script and style of it (CSP Level 3)", async () => {
    const answers = await Promise.all([get(path), get(path)]);
    const nonces = await Promise.all(
      answers.map(async (answer) => {
        expect(answer.status).toBe(status);
        const policy = answer.headers.get("content-security-policy") ?? "";
        const nonce = nonceOf(policy);
        expect(nonce).toMatch(/^[\w+/=]{22,}$/);
        expect(policy).toContain("object-src 'none'");
        expect(policy).toContain("base-uri 'none'");
        expect(policy).toContain("frame-ancestors 'none'");
        expect(policy).not.toMatch(/script-src[^;]*'unsafe-/);
        const html = await answer.text();
        const tags = html.match(/<(script|style)\b[^>]*>/g) ?? [];
        expect(tags.length).toBeGreaterThan(0);
        expect(tags.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
        return nonce;
      }),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it("has the other headers that keep browsers careful, and names no software", async () => {
    const { headers } = await get(path);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("permissions-policy")).toContain("camera=()");
    expect(headers.get("x-powered-by")).toBeNull();
    // Plain http must stay reachable.
    expect(headers.get("strict-transport-security")).toBeNull();
  });
});

it("HSTS is sent where PUBLIC_URL is https, whatever the request says", async () => {
  const secure = await startServer({ PUBLIC_URL: "https://auth.example.com" });
  const { headers } = await fetch(secure.url, { headers: { "x-forwarded-proto": "http" } });
  expect(headers.get("strict-transport-security")).toMatch(/^max-age=\d{8}/);
  await secure.stop();
});

describe("a POST to a page", () => {
  const post = (headers: Record<string, string>, path = "/") =>
    get(path, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      body: "a=1",
    });

  it.each([
    ["Sec-Fetch-Site cross-site", { "sec-fetch-site": "cross-site" }],
    ["Sec-Fetch-Site same-site", { "sec-fetch-site": "same-site" }],
    ["Sec-Fetch-Site cross-site, whatever Origin says", { "sec-fetch-site": "cross-site", origin: "OWN" }],
    ["a foreign Origin where Sec-Fetch-Site is absent", { origin: "https://evil.example" }],
    ["Origin null where Sec-Fetch-Site is absent", { origin: "null" }],
  ])("is refused with %s", async (_case, headers) => {
    for (const path of ["/", "/nothing", "/dashboard"]) {
      const own = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, value === "OWN" ? server.url : value]),
      );
      const answer = await post(own, path);
      expect(answer.status).toBe(403);
      expect((await answer.json()).error).toBe("foreign_origin");
    }
  });

  it("of an action is refused with a foreign origin too", async () => {
    const answer = await post({ "sec-fetch-site": "cross-site", "next-action": "0".repeat(40) });
    expect(answer.status).toBe(403);
  });

  it.each([
    ["Sec-Fetch-Site same-origin, whatever Origin says", { "sec-fetch-site": "same-origin", origin: "null" }],
    ["Sec-Fetch-Site none", { "sec-fetch-site": "none" }],
    ["our own Origin", { origin: "OWN" }],
    ["neither, as from a program", {}],
  ])("is let through with %s", async (_case, headers: Record<string, string>) => {
    const own = headers.origin === "OWN" ? { ...headers, origin: server.url } : headers;
    expect((await post(own)).status).not.toBe(403);
  });
});

describe("a GET from a foreign page", () => {
  it("is welcome: links lead here", async () => {
    const answer = await get("/", { headers: { "sec-fetch-site": "cross-site", origin: "https://evil.example" } });
    expect(answer.status).toBe(200);
  });
});
