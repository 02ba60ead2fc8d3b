/**
 * The client authentication methods. Metadata, client validation, API reference, CLI and dashboard
 * derive from this list. A request is read in its order.
 */
import { clientSecretBasic } from "./client-secret-basic";
import { clientSecretPost } from "./client-secret-post";
import type { AuthenticationMethod } from "./method";
import { none } from "./none";
import { privateKeyJwt } from "./private-key-jwt";

export const METHODS = [
  clientSecretBasic,
  clientSecretPost,
  privateKeyJwt,
  none,
] as const satisfies AuthenticationMethod[];

export type AuthMethod = (typeof METHODS)[number]["name"];

export const AUTH_METHODS = METHODS.map(({ name }) => name) as [AuthMethod, ...AuthMethod[]];
