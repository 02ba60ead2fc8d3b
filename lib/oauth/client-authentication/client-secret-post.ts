/** `client_secret_post`: the client ID and secret in the request body (RFC 6749 §2.3.1). */
import { proveSecret, requireClientId } from "./client-secret";
import type { AuthenticationMethod } from "./method";

export const clientSecretPost: AuthenticationMethod<"client_secret_post"> = {
  name: "client_secret_post",
  confidential: true,
  mustBeNamed: false,
  isUsed: ({ parameters }) => parameters.get("client_secret") !== undefined,
  read: (request) => ({
    clientId: requireClientId(request),
    secret: request.parameters.get("client_secret") ?? null,
    assertion: null,
  }),
  prove: proveSecret,
};
