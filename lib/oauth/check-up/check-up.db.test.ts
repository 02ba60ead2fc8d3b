import { beforeAll, describe, expect, it } from "vitest";
import { someApp, type TestApp } from "@/test/support/factories";
import { Browser, getCode, OPERATOR, someClient, type TestClient } from "@/test/support/oauth";
import { getApp } from "../../apps/apps";
import { db } from "../../database/client";
import { findClient } from "../clients/clients";
import { checkUp, fixFinding } from "./check-up";

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

async function rulesOf(client: TestClient): Promise<string[]> {
  const { findings } = await checkUp(await getApp(client.app.id));
  return findings.filter((finding) => finding.client?.id === client.id).map(({ rule }) => rule);
}

const fix = async (client: TestClient, rule: string, appId = client.app.id) =>
  fixFinding(await getApp(appId), { rule, clientId: client.id }, OPERATOR);

const change = (client: TestClient, data: object) =>
  db().oAuthClient.updateMany({ where: { appId: client.app.id, id: client.id }, data });

describe("the check-up of an app", () => {
  it("finds optional PKCE once every code of the client had a challenge, and requires it", async () => {
    const client = await someClient(app, { pkce: "optional" });
    expect(await rulesOf(client)).toEqual([]);
    await getCode(new Browser(app), client);
    expect(await rulesOf(client)).toEqual(["pkce_optional"]);
    await fix(client, "pkce_optional");
    expect(await rulesOf(client)).toEqual([]);
    expect(await findClient(app.id, client.id)).toMatchObject({ pkce: "required" });
  });

  it("ignores a client that also sends requests without a challenge", async () => {
    const client = await someClient(app, { pkce: "optional" });
    await getCode(new Browser(app), client);
    await getCode(new Browser(app), client, { code_challenge: undefined, code_challenge_method: undefined });
    expect(await rulesOf(client)).toEqual([]);
  });

  it("creates a secret, then revokes the one that is older than a year", async () => {
    const client = await someClient(app);
    await db().clientSecret.updateMany({
      where: { appId: app.id, clientId: client.id },
      data: { createdAt: new Date("2020-01-01") },
    });
    const { clientSecret } = await fix(client, "old_secret");
    expect(clientSecret).toMatch(/^foyer_cs_/);
    expect(await rulesOf(client)).toEqual(["old_secret"]);
    await fix(client, "old_secret");
    expect(await rulesOf(client)).toEqual([]);
    expect(await db().clientSecret.count({ where: { clientId: client.id, revokedAt: null } })).toBe(1);
  });

  it("removes redirect URIs of earlier releases, but never the last one", async () => {
    const client = await someClient(app);
    const uris = ["http://photos.example.com/cb", "https://*.example.com/cb"];
    await change(client, { redirectUris: [...uris, "https://photos.example.com/cb"] });
    expect(await rulesOf(client)).toEqual(["http_redirect", "pattern_redirect"]);
    await fix(client, "http_redirect");
    await fix(client, "pattern_redirect");
    expect(await findClient(app.id, client.id)).toMatchObject({ redirect_uris: ["https://photos.example.com/cb"] });
    await change(client, { redirectUris: [uris[0] ?? ""] });
    await expect(fix(client, "http_redirect")).rejects.toMatchObject({ status: 409, code: "nothing_to_fix" });
  });

  it("deletes an unused client", async () => {
    const client = await someClient(app);
    await change(client, { createdAt: new Date("2020-01-01"), lastUsedAt: null });
    await fix(client, "unused_client");
    expect(await db().oAuthClient.count({ where: { id: client.id } })).toBe(0);
  });

  it("changes nothing that it didn’t find: another rule, a client of another app, a finding that was resolved", async () => {
    const client = await someClient(app, { pkce: "optional" });
    const other = await someApp();
    await expect(fix(client, "unused_client")).rejects.toMatchObject({ code: "nothing_to_fix" });
    await change(client, { createdAt: new Date("2020-01-01"), lastUsedAt: null });
    await expect(fix(client, "unused_client", other.id)).rejects.toMatchObject({ code: "nothing_to_fix" });
    expect(await db().oAuthClient.count({ where: { id: client.id } })).toBe(1);
    await fix(client, "unused_client");
    await expect(fix(client, "unused_client")).rejects.toMatchObject({ code: "nothing_to_fix" });
  });

  it("resolves a finding once, also twenty times in parallel", async () => {
    const client = await someClient(app);
    await change(client, { createdAt: new Date("2020-01-01"), lastUsedAt: null });
    const ends = await Promise.allSettled(Array.from({ length: 20 }, () => fix(client, "unused_client")));
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});
