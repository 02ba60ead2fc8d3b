import { beforeAll, describe, expect, it } from "vitest";
import { someApp, type TestApp } from "@/test/support/factories";
import { OPERATOR, post, someClient, type TestClient } from "@/test/support/oauth";
import { flushUses } from "../../database/last-used";
import { rotateClientSecret } from "./clients";
import { listClientSecrets, revokeClientSecret } from "./secrets";

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

/** An authenticated client gets 400 for the missing code; any other client gets 401. */
async function authenticates(client: TestClient, secret: string | null): Promise<boolean> {
  const { status, body } = await post({ ...client, secret }, "token", { grant_type: "authorization_code" });
  return status !== 401 && body.error !== "invalid_client";
}

describe("the two secrets of a client", () => {
  it("both work until one is revoked, after which only the other works", async () => {
    const client = await someClient(app);
    const { client_secret: newer } = await rotateClientSecret(app.id, client.id, OPERATOR);
    expect([await authenticates(client, client.secret), await authenticates(client, newer)]).toEqual([true, true]);
    const [, older] = await listClientSecrets(app.id, client.id);
    await revokeClientSecret(app.id, client.id, older?.secret_id ?? "", OPERATOR);
    expect([await authenticates(client, client.secret), await authenticates(client, newer)]).toEqual([false, true]);
    expect(await listClientSecrets(app.id, client.id)).toHaveLength(1);
  });

  it("show when they were last used, but not their hash", async () => {
    const client = await someClient(app);
    expect((await listClientSecrets(app.id, client.id))[0]?.last_used_at).toBeNull();
    await authenticates(client, client.secret);
    await flushUses();
    const [secret] = await listClientSecrets(app.id, client.id);
    expect(secret?.last_used_at).not.toBeNull();
    expect(Object.keys(secret ?? {}).sort()).toEqual(["created_at", "last_used_at", "prefix", "secret_id"]);
    expect(client.secret?.startsWith(secret?.prefix ?? "-")).toBe(true);
  });

  it("cannot both be revoked, even by concurrent requests", async () => {
    const client = await someClient(app);
    await rotateClientSecret(app.id, client.id, OPERATOR);
    const secrets = await listClientSecrets(app.id, client.id);
    const ends = await Promise.allSettled(
      secrets.map(({ secret_id }) => revokeClientSecret(app.id, client.id, secret_id, OPERATOR)),
    );
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await listClientSecrets(app.id, client.id)).toHaveLength(1);
  });

  it("cannot be revoked through another client or another app", async () => {
    const [client, other] = [await someClient(app), await someClient(app)];
    await rotateClientSecret(app.id, client.id, OPERATOR);
    const [secret] = await listClientSecrets(app.id, client.id);
    const id = secret?.secret_id ?? "";
    await expect(revokeClientSecret(app.id, other.id, id, OPERATOR)).rejects.toMatchObject({ status: 404 });
    const neighbor = await someApp();
    await expect(revokeClientSecret(neighbor.id, client.id, id, OPERATOR)).rejects.toMatchObject({ status: 404 });
    expect(await listClientSecrets(app.id, client.id)).toHaveLength(2);
  });
});
