/** DPoP proofs of the playground, signed in the browser (RFC 9449 §4). */
import { nowMs } from "@/lib/clock";
import type { StepRequest } from "./flow";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };

export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

const encode = (text: string) => new TextEncoder().encode(text);

/** A private key that can be stored while the browser visits the sign-in page. */
export async function newDpopKey(): Promise<JsonWebKey> {
  const { privateKey } = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  return crypto.subtle.exportKey("jwk", privateKey);
}

function accessTokenOf({ headers }: StepRequest): string | null {
  return /^DPoP (.+)$/.exec(headers.Authorization ?? "")?.[1] ?? null;
}

export async function dpopProof(key: JsonWebKey, request: StepRequest, nonce?: string): Promise<string> {
  const { kty, crv, x, y } = key;
  const token = accessTokenOf(request);
  const ath = token && base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", encode(token))));
  const header = { typ: "dpop+jwt", alg: "ES256", jwk: { kty, crv, x, y } };
  const payload = {
    jti: base64url(crypto.getRandomValues(new Uint8Array(16))),
    htm: request.method,
    htu: request.url.replace(/[?#].*$/, ""),
    iat: Math.floor(nowMs() / 1000),
    ...(ath && { ath }),
    ...(nonce && { nonce }),
  };
  const input = [header, payload].map((part) => base64url(encode(JSON.stringify(part)))).join(".");
  const signer = await crypto.subtle.importKey("jwk", key, ALGORITHM, false, ["sign"]);
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, signer, encode(input));
  return `${input}.${base64url(new Uint8Array(signature))}`;
}
