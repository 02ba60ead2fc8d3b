import { beforeAll, describe, expect, it } from "vitest";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  authorizeFields,
  basic,
  encode,
  OPERATOR,
  REDIRECT_URI,
  send,
  someClient,
  someScopes,
  type TestClient,
} from "@/test/support/oauth";
import { EventQuery, listEvents } from "../audit/list";
import { parseInput } from "../input";
import { createClient, getClient } from "./clients/clients";
import { withDefaults } from "./clients/inputs";
import { applyFix, explainRejection } from "./rejection-explanation";
import { listScopes } from "./scopes/scopes";

const KNOWN = new Set(["openid", "profile", "photos:read"]);
const web = withDefaults({ client_name: "Prints", redirect_uris: ["https://prints.example/cb"], scopes: ["openid"] });
const spa = withDefaults({ ...web, public: true, pkce: "required", token_endpoint_auth_method: "none" });

describe("the remedy for a rejected request", () => {
  it.each([
    [
      "a redirect URI that can be registered",
      { parameter: "redirect_uri", sent: "https://prints.example/callback" },
      { field: "redirect_uris", values: ["https://prints.example/callback"] },
    ],
    [
      "a post-logout redirect URI",
      { parameter: "post_logout_redirect_uri", sent: "https://prints.example/bye" },
      { field: "post_logout_redirect_uris", values: ["https://prints.example/bye"] },
    ],
    [
      "the scope that the client lacks, and no other",
      { parameter: "scope", sent: ["openid", "photos:read"] },
      { field: "scopes", values: ["photos:read"] },
    ],
    [
      "a grant type",
      { parameter: "grant_type", sent: "client_credentials" },
      { field: "grant_types", values: ["client_credentials"] },
    ],
  ])("offers to add %s", (_, explanation, fix) => {
    expect(explainRejection(explanation, web, KNOWN)).toEqual({ advice: expect.stringMatching(/^If /), fix });
  });

  it.each([
    [
      "a redirect URI that cannot be registered",
      { parameter: "redirect_uri", sent: "http://prints.example/cb" },
      web,
      /must use https/,
    ],
    [
      "a redirect URI with a fragment",
      { parameter: "redirect_uri", sent: "https://prints.example/#" },
      web,
      /fragment/,
    ],
    [
      "a scope that the app does not have",
      { parameter: "scope", sent: ["albums:write"] },
      web,
      /albums:write is not a scope of this app/,
    ],
    [
      "a grant type that a public client cannot have",
      { parameter: "grant_type", sent: "client_credentials" },
      spa,
      /requires a client with a secret/,
    ],
    [
      "a redirect URI that was added in the meantime",
      { parameter: "redirect_uri", sent: "https://prints.example/cb" },
      web,
      /allow this now/,
    ],
    ["a deleted client", { parameter: "redirect_uri", sent: "https://prints.example/cb2" }, null, /no longer exists/],
    ["a wrong secret", { section: "RFC 6749 §2.3" }, web, /this client's ID and an active secret/],
    ["a missing challenge of a client with a secret", { section: "RFC 9700 §2.1.1" }, web, /--pkce optional/],
    ["a missing challenge of a public client", { section: "RFC 9700 §2.1.1" }, spa, /^Enable PKCE((?!optional).)*$/],
    ["a challenge without a method", { section: "RFC 7636 §4.3" }, web, /S256/],
    ["an unknown RFC section", { section: "RFC 9999 §1" }, web, /^$/],
    ["an explanation with unexpected types", { parameter: 7, sent: { a: 1 }, section: [] }, web, /^$/],
    ["a missing explanation", null, web, /^$/],
  ])("offers advice instead of a fix for %s", (_, explanation, client, advice) => {
    expect(explainRejection(explanation, client, KNOWN)).toEqual({ advice: expect.stringMatching(advice), fix: null });
  });
});

describe("the fix for a rejected request", () => {
  let app: TestApp;
  let client: TestClient;
  beforeAll(async () => {
    app = await someApp();
    client = await someClient(app);
    await someScopes(app);
  });

  async function lastRejection() {
    const { data } = await listEvents(app.id, parseInput(EventQuery, { type: "oauth.rejected", limit: "1" }));
    return data[0];
  }

  async function remedyOfLast() {
    const event = await lastRejection();
    const of = await getClient(app.id, event?.client_id ?? "");
    return explainRejection(event?.explanation, of, new Set((await listScopes(app.id)).keys()));
  }

  it("adds a redirect URI, after which the same request is accepted", async () => {
    const uri = "https://photos.example/other";
    const ask = () => send(`/o/authorize?${encode(authorizeFields(client, { redirect_uri: uri }))}`);
    expect((await ask()).status).toBe(400);
    const { fix } = await remedyOfLast();
    expect(fix).toEqual({ field: "redirect_uris", values: [uri] });
    await applyFix(app.id, client.id, fix as NonNullable<typeof fix>, OPERATOR);
    expect((await ask()).status).toBe(303);
    expect((await getClient(app.id, client.id)).redirect_uris).toEqual([REDIRECT_URI, uri]);
    expect((await remedyOfLast()).fix).toBeNull();
    await expect(
      applyFix(app.id, client.id, { field: "redirect_uris", values: [uri] }, OPERATOR),
    ).rejects.toMatchObject({ code: "already_fixed" });
  });

  it("adds a scope and a grant type to a client that uses the client credentials grant", async () => {
    const made = await createClient(
      app.id,
      { client_name: "Robot", grant_types: ["authorization_code"], redirect_uris: [REDIRECT_URI], scopes: ["openid"] },
      OPERATOR,
    );
    const robot = { id: made.client_id, secret: made.client_secret as string };
    const ask = () =>
      send("/o/token", {
        form: { grant_type: "client_credentials", scope: "photos:read" },
        headers: basic(robot as TestClient),
      });
    expect((await ask()).body.error).toBe("unauthorized_client");
    await applyFix(
      app.id,
      robot.id,
      (await remedyOfLast()).fix as NonNullable<ReturnType<typeof explainRejection>["fix"]>,
      OPERATOR,
    );
    expect((await ask()).body.error).toBe("invalid_scope");
    await applyFix(
      app.id,
      robot.id,
      (await remedyOfLast()).fix as NonNullable<ReturnType<typeof explainRejection>["fix"]>,
      OPERATOR,
    );
    expect((await ask()).status).toBe(200);
  });

  it("keeps all values when 20 fixes are applied at once", async () => {
    const uris = Array.from({ length: 20 }, (_, n) => `https://photos.example/${n}`);
    await Promise.all(
      uris.map((uri) => applyFix(app.id, client.id, { field: "redirect_uris", values: [uri] }, OPERATOR)),
    );
    expect((await getClient(app.id, client.id)).redirect_uris).toEqual(expect.arrayContaining(uris));
  });

  it("does not change a client of another app", async () => {
    const neighbor = await someApp();
    await expect(
      applyFix(neighbor.id, client.id, { field: "scopes", values: ["profile"] }, OPERATOR),
    ).rejects.toMatchObject({ status: 404 });
  });
});
