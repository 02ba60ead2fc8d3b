/** An OpenID provider on 127.0.0.1 whose responses a test chooses. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { afterAll } from "vitest";
import { nowSeconds } from "@/lib/clock";
import { someEmail } from "./factories";

export interface Script {
  /** Claims that replace those of a valid ID token; undefined removes one. */
  claims?: Record<string, unknown>;
  /** How the ID token is signed. `none`: without a signature; `missing`: there is no ID token. */
  signature?: "ES256" | "RS256" | "HS256" | "none" | "another key" | "missing";
  userinfo?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  /** More parameters of the authorization response; undefined removes one. */
  response?: Record<string, string | undefined>;
  /** An endpoint that does not answer with JSON. */
  broken?: { path: string; body?: string; status?: number; hang?: boolean };
}

export interface Issuer {
  url: string;
  /** The email address of the user who signs in there. */
  email: string;
  script: Script;
  /** The requests to the token endpoint. */
  received: { form: URLSearchParams; authorization: string | undefined }[];
  /** The number of requests by path. */
  asked: Map<string, number>;
}

const CLIENT_SECRET = "a secret of the client";

/** The credentials of Foyer at the provider. */
export const ISSUER_CLIENT = { client_id: "the-client", client_secret: CLIENT_SECRET.replaceAll(" ", "-") };

let pairs: ReturnType<typeof makePairs> | null = null;

/** Shared by all providers of a test file, which differ by their URLs. */
function makePairs() {
  return Promise.all([generateKeyPair("ES256"), generateKeyPair("RS256"), generateKeyPair("ES256")]);
}

export async function startIssuer(): Promise<Issuer> {
  pairs ??= makePairs();
  const [es, rs, stranger] = await pairs;
  const jwks = {
    keys: [
      { ...(await exportJWK(es.publicKey)), kid: "es", alg: "ES256", use: "sig" },
      { ...(await exportJWK(rs.publicKey)), kid: "rs", alg: "RS256", use: "sig" },
    ],
  };
  const issuer: Issuer = { url: "", email: someEmail(), script: {}, received: [], asked: new Map() };
  /** The nonce of each code. */
  const nonces = new Map<string, string>();

  function idToken(nonce: string | undefined) {
    const honest = { iss: issuer.url, aud: ISSUER_CLIENT.client_id, sub: "user-1", nonce };
    const person = { email: issuer.email, email_verified: true, name: "Bob Builder" };
    const times = { iat: nowSeconds(), exp: nowSeconds() + 300 };
    const payload = JSON.parse(
      JSON.stringify({ ...honest, ...person, ...times, ...issuer.script.claims }),
    ) as JWTPayload;
    switch (issuer.script.signature) {
      case "missing":
        return undefined;
      case "none":
        return new UnsecuredJWT(payload).encode();
      case "HS256":
        return new SignJWT(payload)
          .setProtectedHeader({ alg: "HS256" })
          .sign(new TextEncoder().encode(ISSUER_CLIENT.client_secret));
      case "another key":
        return new SignJWT(payload).setProtectedHeader({ alg: "ES256", kid: "es" }).sign(stranger.privateKey);
      case "RS256":
        return new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid: "rs" }).sign(rs.privateKey);
      default:
        return new SignJWT(payload).setProtectedHeader({ alg: "ES256", kid: "es" }).sign(es.privateKey);
    }
  }

  async function answer(path: string, query: URLSearchParams, form: URLSearchParams): Promise<unknown> {
    if (path === "/.well-known/openid-configuration")
      return {
        issuer: issuer.url,
        authorization_endpoint: `${issuer.url}/authorize`,
        token_endpoint: `${issuer.url}/token`,
        userinfo_endpoint: `${issuer.url}/userinfo`,
        jwks_uri: `${issuer.url}/jwks`,
        id_token_signing_alg_values_supported: ["ES256", "RS256"],
        ...issuer.script.metadata,
      };
    if (path === "/jwks") return jwks;
    if (path === "/userinfo") return { sub: "user-1", ...issuer.script.userinfo };
    if (path === "/token") {
      const id_token = await idToken(nonces.get(form.get("code") ?? ""));
      return { access_token: "an-access-token", token_type: "Bearer", expires_in: 60, id_token };
    }
    // The authorization endpoint signs the user in at once.
    const code = `code-${nonces.size}`;
    nonces.set(code, query.get("nonce") ?? "");
    const target = new URL(query.get("redirect_uri") ?? "");
    const response = { code, state: query.get("state") ?? "", iss: issuer.url, ...issuer.script.response };
    for (const [name, value] of Object.entries(response)) if (value !== undefined) target.searchParams.set(name, value);
    return target;
  }

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", issuer.url);
    const form = new URLSearchParams((await request.toArray()).join(""));
    issuer.asked.set(pathname, (issuer.asked.get(pathname) ?? 0) + 1);
    if (pathname === "/token") issuer.received.push({ form, authorization: request.headers.authorization });
    const { broken } = issuer.script;
    if (broken?.path === pathname) {
      if (broken.hang) return;
      response.writeHead(broken.status ?? 200, { "content-type": "text/html" }).end(broken.body ?? "<h1>Hello</h1>");
      return;
    }
    const body = await answer(pathname, searchParams, form);
    if (body instanceof URL) response.writeHead(302, { location: body.href }).end();
    else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return issuer;
}
