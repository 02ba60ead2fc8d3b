import { beforeAll, describe, expect, it } from "vitest";
import { TEST_PUBLIC_URL } from "@/test/support/environment";
import { someDeveloper } from "@/test/support/factories";
import { authorizeUrl, send } from "@/test/support/oauth";
import { db } from "../../database/client";
import { updateClient } from "./clients";
import { type CreatedAppWithClient, createAppWithClient } from "./default-client";

const BY = { type: "operator" } as const;

let made: CreatedAppWithClient;
beforeAll(async () => {
  made = await createAppWithClient({ ownerId: (await someDeveloper()).id, name: "Blog", by: BY });
});

describe("a new app", () => {
  it("gets an API key and one confidential client without redirect URIs", async () => {
    expect(made).toEqual({
      app_id: expect.stringMatching(/^app_/),
      api_key: expect.stringMatching(/^foyer_sk_/),
      issuer: `${TEST_PUBLIC_URL}/o/${made.app_id}`,
      client_id: expect.stringMatching(/^cli_/),
      client_secret: expect.stringMatching(/^foyer_cs_/),
    });
    const rows = await db().oAuthClient.findMany({ where: { appId: made.app_id } });
    expect(rows).toMatchObject([{ id: made.client_id, name: "Default client", isPublic: false, redirectUris: [] }]);
  });

  it("has a client whose secret authenticates", async () => {
    const { status, body } = await send("/o/token", {
      form: {
        grant_type: "authorization_code",
        code: "unknown",
        client_id: made.client_id,
        client_secret: made.client_secret,
      },
    });
    expect([status, body]).toMatchObject([400, { error: "invalid_grant" }]);
  });

  it("is created without a client if the owner isn't a developer", async () => {
    const before = await db().oAuthClient.count({ where: { name: "Default client" } });
    await expect(createAppWithClient({ ownerId: "usr_nobody", name: "Blog", by: BY })).rejects.toThrow();
    expect(await db().oAuthClient.count({ where: { name: "Default client" } })).toBe(before);
  });
});

describe("the default client", () => {
  it("gets a page at authorize that says where to add a redirect URI", async () => {
    const client = { app: { id: made.app_id, apiKey: "", issuer: made.issuer, ownerId: "" }, secret: null };
    for (const redirect_uri of ["https://photos.example/cb", ""]) {
      const url = authorizeUrl({ ...client, id: made.client_id, redirectUri: redirect_uri });
      const answer = await send(url);
      expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
      expect(answer.body).toContain("No redirect URI is registered for this client");
      expect(answer.body).toContain(`${TEST_PUBLIC_URL}/dashboard/apps/${made.app_id}/clients/${made.client_id}`);
    }
  });

  it("accepts other changes before its first redirect URI, and can't lose its last one", async () => {
    const update = (input: object) => updateClient(made.app_id, made.client_id, input, BY);
    expect(await update({ pkce: "required" })).toMatchObject({ pkce: "required", redirect_uris: [] });
    await update({ redirect_uris: ["https://photos.example/cb"] });
    await expect(update({ redirect_uris: [] })).rejects.toMatchObject({ status: 400 });
  });
});
