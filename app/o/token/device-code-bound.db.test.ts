/** The device grant together with resources (RFC 8707), DPoP (RFC 9449) and private_key_jwt (RFC 7523). */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { getApp } from "@/lib/apps/apps";
import { createResource } from "@/lib/oauth/resources/resources";
import { assertion, postSigned, someKeyClient } from "@/test/support/client-keys";
import { allowDevice, DEVICE_GRANT, poll, someDeviceClient, startDevice } from "@/test/support/device";
import { proofFor, someDpopKey } from "@/test/support/dpop";
import { someApp, type TestApp } from "@/test/support/factories";
import { Browser, expectOAuthError, grantOf, OPERATOR, post, send, type TestClient } from "@/test/support/oauth";

const PHOTOS = "https://photos.example/api";
const PRINTS = "https://prints.example/api";

let app: TestApp;
let cli: TestClient;
beforeAll(async () => {
  app = await someApp();
  cli = await someDeviceClient(app);
  for (const identifier of [PHOTOS, PRINTS])
    await createResource(await getApp(app.id), { identifier, name: "An API" }, OPERATOR);
});

describe("resource at a device authorization", () => {
  it("sets the audience, which the poll may narrow and never widen", async () => {
    const form = { scope: "openid offline_access", resource: [PHOTOS, PRINTS] };
    const { body: started } = await post(cli, "device_authorization", form);
    await allowDevice(new Browser(app), started);
    const wider = { grant_type: DEVICE_GRANT, device_code: started.device_code, resource: app.issuer };
    expectOAuthError(await post(cli, "token", wider), 400, "invalid_target");
    const { status, body } = await post(cli, "token", { ...wider, resource: PRINTS });
    expect(status).toBe(200);
    expect(decodeJwt(body.access_token).aud).toBe(PRINTS);
  });

  it("is rejected if it is unknown, relative or another app's", async () => {
    const neighbor = await someApp();
    const foreign = "https://neighbor.example/";
    await createResource(await getApp(neighbor.id), { identifier: foreign, name: "Theirs" }, OPERATOR);
    for (const resource of ["https://nowhere.example/", "/api", foreign])
      expectOAuthError(await post(cli, "device_authorization", { scope: "openid", resource }), 400, "invalid_target");
  });
});

describe("a poll with a DPoP proof", () => {
  it("gets bound tokens, and binds the grant of a public client", async () => {
    const key = someDpopKey();
    const started = await startDevice(cli);
    await allowDevice(new Browser(app), started);
    const path = `/o/${app.id}/token`;
    const form = { client_id: cli.id, grant_type: DEVICE_GRANT, device_code: started.device_code };
    const { status, body } = await send(path, { form, headers: { dpop: proofFor(key, path) } });
    expect(status).toBe(200);
    expect(body.token_type).toBe("DPoP");
    expect(decodeJwt(body.access_token)).toMatchObject({ cnf: { jkt: key.jkt } });
    expect(await grantOf(cli, body.access_token)).toMatchObject({ dpopJkt: key.jkt });
    expect((await send("/api/me", { bearer: body.access_token })).status).toBe(401);
  });

  it("is rejected with a proof for another URL, and the code stays usable", async () => {
    const started = await startDevice(cli);
    await allowDevice(new Browser(app), started);
    const form = { client_id: cli.id, grant_type: DEVICE_GRANT, device_code: started.device_code };
    const dpop = proofFor(someDpopKey(), `/o/${app.id}/par`);
    expect((await send(`/o/${app.id}/token`, { form, headers: { dpop } })).body.error).toBe("invalid_dpop_proof");
    expect((await poll(cli, started)).status).toBe(200);
  });
});

describe("private_key_jwt", () => {
  it("authenticates the start and the poll, and an assertion works for only one of them", async () => {
    const client = await someKeyClient(app, { redirect_uris: [], grant_types: [DEVICE_GRANT] });
    const jwt = assertion(client);
    const { status, body: started } = await postSigned(client, "device_authorization", { scope: "openid" }, jwt);
    expect(status).toBe(200);
    await allowDevice(new Browser(app), started);
    const form = { grant_type: DEVICE_GRANT, device_code: started.device_code };
    expectOAuthError(await postSigned(client, "token", form, jwt), 401, "invalid_client");
    expect((await postSigned(client, "token", form)).status).toBe(200);
  });
});
