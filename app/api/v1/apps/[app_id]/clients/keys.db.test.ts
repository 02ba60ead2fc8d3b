/** Registration of a client's keys: `jwks` and `jwks_uri` (RFC 7591 §2). */
import { generateKeyPairSync } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { readVectors, someKey } from "@/test/support/client-keys";
import { someApp, type TestApp } from "@/test/support/factories";
import { manage } from "@/test/support/manage";

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

const { jwk } = someKey();
const rsa = someKey("RS256").jwk;

function create(input: object) {
  const body = { client_name: "Prints", redirect_uris: ["https://prints.example/cb"], ...input };
  return manage(app, "POST", "/clients", { body });
}

const signing = (keys: unknown[], more = {}) => ({
  token_endpoint_auth_method: "private_key_jwt",
  jwks: { keys },
  ...more,
});

describe("a client with private_key_jwt", () => {
  it("is created without a secret, and shows its keys", async () => {
    const { status, body } = await create(signing([jwk]));
    expect(status).toBe(201);
    expect(body).not.toHaveProperty("client_secret");
    expect(body).toMatchObject({
      token_endpoint_auth_method: "private_key_jwt",
      jwks: { keys: [jwk] },
      jwks_uri: null,
    });
    expect((await manage(app, "GET", `/clients/${body.client_id}/secrets`)).body.data).toEqual([]);
    expect((await manage(app, "POST", `/clients/${body.client_id}/secrets`)).body.error).toBe("no_secret");
  });

  it("may have a jwks_uri instead", async () => {
    const input = { token_endpoint_auth_method: "private_key_jwt", jwks_uri: "https://prints.example/jwks" };
    expect((await create(input)).status).toBe(201);
  });

  it("can change its keys, and change back to a secret", async () => {
    const { body } = await create(signing([jwk]));
    const path = `/clients/${body.client_id}`;
    const other = someKey("EdDSA").jwk;
    expect((await manage(app, "PATCH", path, { body: { jwks: { keys: [other] } } })).body.jwks.keys).toEqual([other]);
    const uri = { jwks: null, jwks_uri: "https://prints.example/jwks" };
    expect((await manage(app, "PATCH", path, { body: uri })).body).toMatchObject(uri);
    const secret = { token_endpoint_auth_method: null, jwks_uri: null };
    expect((await manage(app, "PATCH", path, { body: secret })).status).toBe(200);
    expect((await manage(app, "POST", `${path}/secrets`)).body).toHaveProperty("client_secret");
  });
});

describe("the keys of a client, with 400 and the field,", () => {
  const small = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey.export({ format: "jwk" });
  const roca = readVectors("key")?.find(({ comment }) => comment.includes("roca"))?.public as
    | { keys?: object[] }
    | undefined;

  it.each<[string, object, string, RegExp]>([
    ["without any for private_key_jwt", { token_endpoint_auth_method: "private_key_jwt" }, "jwks", /missing/],
    ["without any for signed requests", { require_signed_request_object: true }, "jwks", /missing/],
    ["as an empty list", signing([]), "jwks.keys", /at least 1/],
    ["as a list", { jwks: [jwk] }, "jwks", /object/],
    ["as text", { jwks: JSON.stringify({ keys: [jwk] }) }, "jwks", /object/],
    ["without kty", signing([{ ...jwk, kty: undefined }]), "jwks.keys.0.kty", /missing/],
    ["that are 21", signing(Array(21).fill(jwk)), "jwks.keys", /at most 20/],
    ["with a private one", signing([{ ...jwk, d: jwk.x }]), "jwks", /key 1 must not contain a private key/],
    ["with a symmetric one", signing([jwk, { kty: "oct", k: "AAAA" }]), "jwks", /key 2 must not be a symmetric key/],
    ["with an RSA key of 1024 bits", signing([small]), "jwks", /key 1 must have at least 2048 bits/],
    ["with a point that isn't on the curve", signing([{ ...jwk, y: jwk.x }]), "jwks", /point on the curve/],
    ["with an alg for another type", signing([{ ...jwk, alg: "PS256" }]), "jwks", /can't be used with its alg/],
    ["only for encryption", signing([{ ...rsa, use: "enc", alg: "RSA-OAEP" }]), "jwks", /must contain a signature key/],
    [
      "only of an unsupported curve",
      signing([generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey.export({ format: "jwk" })]),
      "jwks",
      /must contain a signature key/,
    ],
    [
      "without one for token_endpoint_auth_signing_alg",
      signing([jwk], { token_endpoint_auth_signing_alg: "RS256" }),
      "jwks",
      /signature key for RS256/,
    ],
    ["beside a jwks_uri", signing([jwk], { jwks_uri: "https://prints.example/jwks" }), "jwks_uri", /combined/],
    ["at an http jwks_uri", { jwks_uri: "http://prints.example/jwks" }, "jwks_uri", /https/],
    ["at a jwks_uri with a fragment", { jwks_uri: "https://prints.example/jwks#a" }, "jwks_uri", /fragment/],
    ["at a jwks_uri with a password", { jwks_uri: "https://a:b@prints.example/jwks" }, "jwks_uri", /password/],
    ["at a relative jwks_uri", { jwks_uri: "/jwks" }, "jwks_uri", /https/],
    ["at a javascript jwks_uri", { jwks_uri: "javascript:alert(1)" }, "jwks_uri", /https/],
    [
      "with an unknown algorithm",
      { token_endpoint_auth_signing_alg: "HS256" },
      "token_endpoint_auth_signing_alg",
      /ES256/,
    ],
    ["with none for signed requests", { request_object_signing_alg: "none" }, "request_object_signing_alg", /ES256/],
  ])("%s are rejected", async (_, input, field, problem) => {
    const { status, body } = await create(input);
    expect({ status, error: body.error }).toEqual({ status: 400, error: "invalid_request" });
    expect(body.fields[field], JSON.stringify(body.fields)).toMatch(problem);
  });

  it.skipIf(!roca)("with the ROCA weakness are rejected (absent without ../shared/vectors)", async () => {
    expect((await create(signing(roca?.keys ?? []))).body.fields.jwks).toMatch(/ROCA/);
  });
});

it("keys for encryption may be registered beside others, or by a client with a secret", async () => {
  const encryption = { ...rsa, use: "enc", alg: "RSA-OAEP" };
  expect((await create(signing([encryption, jwk]))).status).toBe(201);
  expect((await create({ jwks: { keys: [encryption] } })).status).toBe(201);
});
