/** What a client authentication method is (RFC 6749 §2.3). `list.ts` has them all. */
import type { App } from "../../apps/apps";
import type { ParsedJws } from "../../crypto/jws";
import type { Client } from "../clients/client";
import { type OAuthErrorOptions, oauthFail } from "../errors";
import type { Parameters } from "../parameters";

/** The part of an HTTP request that authenticates the client. */
export interface ClientRequest {
  authorization: string | null;
  parameters: Parameters;
  /** The URL that was called. */
  url: string;
}

/** What a request claims, before it is verified. */
export interface Presented {
  clientId: string;
  /** Wrong ones are counted. */
  secret: string | null;
  assertion: ParsedJws | null;
}

/** Proof that the request comes from the client. */
export interface Proof {
  secretId: string | null;
}

export interface AuthenticationMethod<Name extends string = string> {
  name: Name;
  /** For confidential clients only. */
  confidential: boolean;
  /** The client names its method (a client that names none may send its secret either way). */
  mustBeNamed: boolean;
  /** Whether a request has credentials of this method. */
  isUsed(request: ClientRequest): boolean;
  /** The credentials. @throws invalid_client if they are malformed */
  read(request: ClientRequest): Presented;
  /** null if the credentials aren't the client's. @throws invalid_client with what the client should change */
  prove(
    found: { app: App; client: Client },
    presented: Presented,
    request: ClientRequest,
  ): Promise<Proof | null> | Proof | null;
}

export function failClient(description: string, options: OAuthErrorOptions = {}): never {
  oauthFail("invalid_client", description, { section: "RFC 6749 §2.3", ...options });
}
