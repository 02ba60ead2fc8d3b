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

describe("the remedy for a refused request", () => {
  it.each([
    [
      "a redirect URI that may be registered",
      { parameter: "redirect_uri", sent: "https://prints.example/callback" },
      { field: "redirect_uris", values: ["https://prints.example/callback"] },
    ],
    [
      "a post-logout address",
      { parameter: "post_logout_redirect_uri", sent: "https://prints.example/bye" },
      { field: "post_logout_redirect_uris", values: ["https://prints.example/bye"] },
    ],
    [
      "a scope that the client lacks, and only that one",
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
      "an address that may never be registered",
      { parameter: "redirect_uri", sent: "http://prints.example/cb" },
      web,
      /must use https/,
    ],
    ["a fragment", { parameter: "redirect_uri", sent: "https://prints.example/#" }, web, /fragment/],
    [
      "a scope that the App does not have",
      { parameter: "scope", sent: ["albums:write"] },
      web,
      /albums:write is no scope of this App/,
    ],
    [
      "a grant that this kind of client may not have",
      { parameter: "grant_type", sent: "client_credentials" },
      withDefaults({ ...web, public: true, token_endpoint_auth_method: "none" }),
      /needs a client with a secret/,
    ],
    [
      "what was added meanwhile",
      { parameter: "redirect_uri", sent: "https://prints.example/cb" },
      web,
      /allows this now/,
    ],
    [
      "a client that is gone",
      { parameter: "redirect_uri", sent: "https://prints.example/cb2" },
      null,
      /has been deleted/,
    ],
    ["a wrong secret", { section: "RFC 6749 §2.3" }, web, /Compare the id and the secret/],
    ["what nobody has written about", { section: "RFC 9999 §1" }, web, /^$/],
    ["an explanation of another shape", { parameter: 7, sent: { a: 1 }, section: [] }, web, /^$/],
    ["no explanation", null, web, /^$/],
  ])("offers no click for %s, but words", (_, explanation, client, advice) => {
    expect(explainRejection(explanation, client, KNOWN)).toEqual({ advice: expect.stringMatching(advice), fix: null });
  });
});

describe("from the refusal to the fix", () => {
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

  it("a redirect URI: refused, added by one click, let in", async () => {
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

  it("a scope and a grant of a client that acts for itself", async () => {
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

  it("twenty at once are all there afterwards", async () => {
    const uris = Array.from({ length: 20 }, (_, n) => `https://photos.example/${n}`);
    await Promise.all(
      uris.map((uri) => applyFix(app.id, client.id, { field: "redirect_uris", values: [uri] }, OPERATOR)),
    );
    expect((await getClient(app.id, client.id)).redirect_uris).toEqual(expect.arrayContaining(uris));
  });

  it("touches no client of the neighbor", async () => {
    const neighbor = await someApp();
    await expect(
      applyFix(neighbor.id, client.id, { field: "scopes", values: ["profile"] }, OPERATOR),
    ).rejects.toMatchObject({ status: 404 });
  });
});
