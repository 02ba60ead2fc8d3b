/** Proof by a client secret, which both client_secret_basic and client_secret_post send. */
import { equalBytes, sha256 } from "../../crypto/hash";
import type { Client } from "../clients/client";
import { type ClientRequest, failClient, type Presented, type Proof } from "./method";

/** The client ID in the body. */
export function requireClientId({ parameters }: ClientRequest): string {
  return (
    parameters.get("client_id") ??
    failClient("The parameter client_id is missing. Send client_id and client_secret, or an Authorization header")
  );
}

export function proveSecret({ client }: { client: Client }, { secret }: Presented): Proof | null {
  const hash = sha256(secret ?? "");
  // Compares every secret, so that the response time doesn't reveal which one matched.
  const [match] = client.secrets.filter((known) => equalBytes(known.hash, hash));
  return match ? { secretId: match.id } : null;
}
