/** `none`: a public client only names itself (RFC 6749 §2.3.2, OIDC Core §9). */
import { requireClientId } from "./client-secret";
import type { AuthenticationMethod } from "./method";

export const none: AuthenticationMethod<"none"> = {
  name: "none",
  confidential: false,
  mustBeNamed: false,
  isUsed: () => true,
  read: (request) => ({ clientId: requireClientId(request), secret: null, assertion: null }),
  prove: () => ({ secretId: null }),
};
