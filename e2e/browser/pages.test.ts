/** Pages: their security headers, and which origins may post to them. */
import { expect, test } from "../support/fixtures";
import { type Server, startServer } from "../support/server";

const get = ({ url }: Server, path: string, init?: RequestInit) =>
  fetch(`${url}${path}`, { redirect: "manual", ...init });

for (const [page, path, status] of [
  ["the front page", "/", 200],
  ["the page for unknown paths", "/nothing/at/all", 404],
] as const)
  test.describe(page, () => {
    test("has a new nonce each time, on all its scripts and styles (CSP Level 3)", async ({ server }) => {
      const responses = await Promise.all([get(server, path), get(server, path)]);
      const nonces = await Promise.all(
        responses.map(async (response) => {
          expect(response.status).toBe(status);
          const policy = response.headers.get("content-security-policy") ?? "";
          const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
          expect(nonce).toMatch(/^[\w+/=]{22,}$/);
          expect(policy).toContain("object-src 'none'");
          expect(policy).toContain("base-uri 'none'");
          expect(policy).toContain("frame-ancestors 'none'");
          expect(policy).not.toMatch(/script-src[^;]*'unsafe-/);
          const html = await response.text();
          const tags = html.match(/<(script|style)\b[^>]*>/g) ?? [];
          expect(tags.length).toBeGreaterThan(0);
          expect(tags.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
          return nonce;
        }),
      );
      expect(nonces[0]).not.toBe(nonces[1]);
    });

    test("has the other security headers, and names no software", async ({ server }) => {
      const { headers } = await get(server, path);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("same-origin");
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("permissions-policy")).toContain("camera=()");
      expect(headers.get("x-powered-by")).toBeNull();
      // Plain HTTP must stay reachable.
      expect(headers.get("strict-transport-security")).toBeNull();
    });
  });

test("HSTS is sent when PUBLIC_URL is https, even if a proxy says http", async () => {
  const secure = await startServer({ PUBLIC_URL: "https://auth.example.com" });
  const { headers } = await fetch(secure.url, { headers: { "x-forwarded-proto": "http" } });
  expect(headers.get("strict-transport-security")).toMatch(/^max-age=\d{8}/);
  await secure.stop();
});

test.describe("a POST to a page", () => {
  const post = (server: Server, headers: Record<string, string>, path = "/") =>
    get(server, path, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      body: "a=1",
    });

  for (const [sender, headers] of [
    ["Sec-Fetch-Site cross-site", () => ({ "sec-fetch-site": "cross-site" })],
    ["Sec-Fetch-Site same-site", () => ({ "sec-fetch-site": "same-site" })],
    [
      "Sec-Fetch-Site cross-site and its own Origin",
      (own: string) => ({ "sec-fetch-site": "cross-site", origin: own }),
    ],
    ["a foreign Origin and no Sec-Fetch-Site", () => ({ origin: "https://evil.example" })],
    ["Origin null and no Sec-Fetch-Site", () => ({ origin: "null" })],
  ] as [string, (own: string) => Record<string, string>][])
    test(`is rejected with ${sender}`, async ({ server }) => {
      for (const path of ["/", "/nothing", "/dashboard"]) {
        const response = await post(server, headers(server.url), path);
        expect(response.status).toBe(403);
        expect((await response.json()).error).toBe("foreign_origin");
      }
    });

  test("is rejected with a foreign origin when it calls a Server Action, too", async ({ server }) => {
    const response = await post(server, { "sec-fetch-site": "cross-site", "next-action": "0".repeat(40) });
    expect(response.status).toBe(403);
  });

  for (const [sender, headers] of [
    ["Sec-Fetch-Site same-origin and Origin null", () => ({ "sec-fetch-site": "same-origin", origin: "null" })],
    ["Sec-Fetch-Site none", () => ({ "sec-fetch-site": "none" })],
    ["its own Origin", (own: string) => ({ origin: own })],
    ["neither header, as programs send it", () => ({})],
  ] as [string, (own: string) => Record<string, string>][])
    test(`is accepted with ${sender}`, async ({ server }) => {
      expect((await post(server, headers(server.url))).status).not.toBe(403);
    });
});

test("a GET from a foreign page is accepted, because links lead here", async ({ server }) => {
  const headers = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
  expect((await get(server, "/", { headers })).status).toBe(200);
});
