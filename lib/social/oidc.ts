/** Any OpenID Connect issuer, found by discovery. */
import { openidProfile, openidServer } from "./openid";
import type { Provider } from "./provider";

export const oidc: Provider = {
  name: "oidc",
  label: "OpenID Connect",
  scopes: ["openid", "email", "profile"],
  openid: true,
  needsIssuer: true,
  console: null,
  anew: { prompt: "login" },
  server: (connection, call) => openidServer(connection, call),
  profile: openidProfile,
};
