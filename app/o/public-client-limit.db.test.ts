/** The limit of pushed requests and device codes of public clients (RFC 9126 §7, RFC 8628 §5). */
import { beforeAll, expect, it } from "vitest";
import { DEVICE_GRANT } from "@/test/support/device";
import { someApp, type TestApp } from "@/test/support/factories";
import { authorizeFields, newIpAddress, send, someClient, type TestClient } from "@/test/support/oauth";

let app: TestApp;
let open: TestClient;
let secret: TestClient;
beforeAll(async () => {
  app = await someApp();
  const grant_types = ["authorization_code", "refresh_token", DEVICE_GRANT] as const;
  open = await someClient(app, { public: true, grant_types: [...grant_types] });
  secret = await someClient(app, { grant_types: [...grant_types] });
});

function request(client: TestClient, endpoint: "par" | "device_authorization", ip: string) {
  const form = {
    client_id: client.id,
    client_secret: client.secret ?? undefined,
    ...(endpoint === "par" ? authorizeFields(client) : { scope: "openid" }),
  };
  return send(`/o/${client.app.id}/${endpoint}`, { form, ip });
}

it("is 300 per 10 minutes and IP address, in each app, and not for clients with a secret", async () => {
  const ip = newIpAddress();
  const statuses = await Promise.all(
    Array.from(
      { length: 320 },
      async (_, i) => (await request(open, i % 2 ? "par" : "device_authorization", ip)).status,
    ),
  );
  expect(statuses.filter((status) => status === 429).length).toBe(20);
  for (const endpoint of ["par", "device_authorization"] as const) {
    const late = await request(open, endpoint, ip);
    expect({ status: late.status, after: Number(late.headers.get("retry-after")) > 0 }).toEqual({
      status: 429,
      after: true,
    });
    expect((await request(secret, endpoint, ip)).status).toBeLessThan(300);
    expect((await request(open, endpoint, newIpAddress())).status).toBeLessThan(300);
  }
  const elsewhere = await someClient(await someApp(), { public: true });
  expect((await request(elsewhere, "par", ip)).status).toBe(201);
});
