/** Connections of a user: applications, agents and devices, and how their access ends. */
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { allowDevice, poll, someDeviceClient, startDevice } from "@/test/support/device";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  Browser,
  getTokens,
  grantOf,
  REDIRECT_URI,
  refreshTokens,
  send,
  someClient,
  someScopes,
} from "@/test/support/oauth";
import { listConnections } from "./connections";

const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36";

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
  await someScopes(app);
});

async function connectionsOf(bob: Browser) {
  return listConnections(app.id, await bob.userId());
}

function disconnect(browser: Browser, client: { id: string }, grant: string[] = []) {
  return browser.submit("account/disconnect", { client: client.id, grant });
}

describe("the connections of a user", () => {
  it("name the application and the device, with the scopes, the time and the last use", async () => {
    const bob = new Browser(app);
    const claude = await someClient(app, { client_name: "Claude", public: true });
    const tokens = await getTokens(claude, bob, { scope: "openid offline_access" });
    const { id } = await grantOf(claude, tokens.access_token);
    await db().grant.update({ where: { appId_id: { appId: app.id, id } }, data: { userAgent: MAC } });
    expect(await connectionsOf(bob)).toEqual([
      expect.objectContaining({
        clientId: claude.id,
        name: "Claude",
        source: "console",
        redirectUris: [REDIRECT_URI],
        device: "macOS",
        grantIds: [id],
        scopes: ["openid", "offline_access"],
        since: expect.any(Date),
        lastUsedAt: expect.any(Date),
      }),
    ]);
  });

  it("are one for several sign-ins on the same device, and one more for a device that used the device grant", async () => {
    const bob = new Browser(app);
    const client = await someClient(app);
    await getTokens(client, bob);
    await getTokens(client, bob);
    const cli = await someDeviceClient(app);
    const started = await startDevice(cli);
    await allowDevice(bob, started);
    await poll(cli, started);
    const connections = await connectionsOf(bob);
    expect(connections.map(({ clientId, device }) => [clientId, device])).toEqual([
      [cli.id, "test"],
      [client.id, "test"],
    ]);
    expect(connections[1]?.grantIds).toHaveLength(2);
  });

  it("contain first-party clients without consent, and consents without active grants", async () => {
    const bob = new Browser(app);
    const own = await someClient(app, { first_party: true });
    await getTokens(own, bob);
    const ended = await someClient(app);
    const { access_token } = await getTokens(ended, bob);
    await send(`/o/${app.id}/revoke`, {
      form: { token: access_token },
      headers: { authorization: `Basic ${Buffer.from(`${ended.id}:${ended.secret}`).toString("base64")}` },
    });
    const connections = await connectionsOf(bob);
    expect(connections.find(({ clientId }) => clientId === own.id)).toMatchObject({ device: "test" });
    expect(connections.find(({ clientId }) => clientId === ended.id)).toMatchObject({ device: null, grantIds: [] });
  });

  it("don't contain grants that ended with their session", async () => {
    const bob = new Browser(app);
    const client = await someClient(app, { first_party: true });
    await getTokens(client, bob, { scope: "openid" });
    const userId = await bob.userId();
    await bob.submit("account/signout", {});
    expect(await listConnections(app.id, userId)).toEqual([]);
  });
});

describe("disconnecting", () => {
  it("one device keeps the others; the last one also deletes the consent", async () => {
    const bob = new Browser(app);
    const client = await someClient(app);
    const [one, two] = [await getTokens(client, bob), await getTokens(client, bob)];
    const [first, second] = [await grantOf(client, one.access_token), await grantOf(client, two.access_token)];
    await disconnect(bob, client, [first.id]);
    expect((await refreshTokens(client, one.refresh_token)).status).toBe(400);
    expect((await refreshTokens(client, two.refresh_token)).status).toBe(200);
    await disconnect(bob, client, [second.id]);
    expect((await refreshTokens(client, two.refresh_token)).status).toBe(400);
    expect(await connectionsOf(bob)).toEqual([]);
    expect(await db().consent.count({ where: { appId: app.id, clientId: client.id } })).toBe(0);
  });

  it("ends no grant of another user, another client or another app", async () => {
    const client = await someClient(app);
    const [bob, eve] = [new Browser(app), new Browser(app)];
    const theirs = await getTokens(client, bob);
    await getTokens(client, eve);
    await getTokens(client, eve);
    const { id } = await grantOf(client, theirs.access_token);
    await disconnect(eve, client, [id]);
    await disconnect(eve, await someClient(app), [id]);
    const elsewhere = new Browser(await someApp());
    await getTokens(await someClient(elsewhere.app), elsewhere);
    await disconnect(elsewhere, client, [id]);
    expect((await refreshTokens(client, theirs.refresh_token)).status).toBe(200);
    expect((await connectionsOf(eve))[0]?.grantIds).toHaveLength(2);
  });
});
