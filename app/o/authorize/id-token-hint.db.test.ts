/** Changed ID tokens as id_token_hint: only Foyer issues ID tokens (RFC 7515 §10.9, RFC 8725). */
import { createHmac, createPublicKey } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { readVectors, signJws, someKey } from "@/test/support/client-keys";
import { someApp, type TestApp } from "@/test/support/factories";
import { authorizeUrl, Browser, getTokens, locationOf, send, someClient, type TestClient } from "@/test/support/oauth";

let app: TestApp;
let client: TestClient;
let bob: Browser;
let hint: string;
let jwk: Record<string, string>;
beforeAll(async () => {
  app = await someApp();
  client = await someClient(app, { id_token_signed_response_alg: "ES256" });
  bob = new Browser(app);
  hint = (await getTokens(client, bob)).id_token;
  const { keys } = (await send(`/o/${app.id}/jwks`)).body;
  jwk = keys.find(({ alg }: { alg: string }) => alg === "ES256");
});

async function errorOf(id_token_hint: string): Promise<string | null> {
  return locationOf(await bob.open(authorizeUrl(client, { id_token_hint, prompt: "none" }))).searchParams.get("error");
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const headerOf = (changes: object) =>
  part({ ...JSON.parse(Buffer.from(hint.split(".")[0] ?? "", "base64url").toString()), ...changes });
const payloadOf = () => JSON.parse(Buffer.from(hint.split(".")[1] ?? "", "base64url").toString());

function withHeader(changes: object): string {
  const [, payload, signature] = hint.split(".");
  return `${headerOf(changes)}.${payload}.${signature}`;
}

function hmac(secret: string): string {
  const input = `${headerOf({ alg: "HS256" })}.${hint.split(".")[1]}`;
  return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
}

it("an unchanged ID token is accepted", async () => expect(await errorOf(hint)).toBeNull());

describe("an ID token, as id_token_hint,", () => {
  it.each<[string, () => string]>([
    ["with another payload", () => hint.replace(/\.[^.]*\./, `.${part({ ...payloadOf(), sub: "usr_other" })}.`)],
    ["with alg none", () => withHeader({ alg: "none" })],
    ["with alg none and no signature", () => withHeader({ alg: "none" }).replace(/[^.]*$/, "")],
    ["with another alg", () => withHeader({ alg: "RS256" })],
    ["with HS256 and the JWK as its secret", () => hmac(JSON.stringify(jwk))],
    [
      "with HS256 and the PEM as its secret",
      () => hmac(createPublicKey({ key: jwk, format: "jwk" }).export({ format: "pem", type: "spki" }).toString()),
    ],
    ["with another kid", () => withHeader({ kid: "other" })],
    [
      "with another key in its header",
      () => {
        const key = someKey();
        return signJws({ ...key, jwk: { ...key.jwk, kid: jwk.kid ?? "" } }, payloadOf(), { typ: "JWT", jwk: key.jwk });
      },
    ],
    ["without a signature", () => hint.replace(/[^.]*$/, "")],
    ["with a zero signature", () => hint.replace(/[^.]*$/, Buffer.alloc(64).toString("base64url"))],
    ["with a fourth part", () => `${hint}.e30`],
    ["with padding", () => `${hint}==`],
    ["with a space", () => hint.replace(".", " .")],
    ["with a line break at its end", () => `${hint}\n`],
    [
      "with unused bits in its signature",
      () => {
        const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        const last = digits.indexOf(hint.at(-1) ?? "");
        return hint.slice(0, -1) + digits[last ^ 1];
      },
    ],
  ])("%s is rejected", async (_, change) => {
    expect(await errorOf(change())).toBe("invalid_request");
  });

  const groups = readVectors("signature")?.filter(({ comment }) => comment === "SpecialCaseEs256");
  const special = groups?.flatMap(({ tests }) => tests.filter(({ result }) => result === "invalid")) ?? [];
  it.skipIf(special.length === 0)(
    "with a special signature of Wycheproof is rejected (absent without ../shared/vectors)",
    async () => {
      for (const { jws } of special)
        expect(await errorOf(hint.replace(/[^.]*$/, jws.split(".")[2] ?? ""))).toBe("invalid_request");
    },
  );
});
