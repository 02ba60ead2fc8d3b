/** Google: OpenID Connect with an issuer that everybody knows. */
import type { AuthorizationServer } from "oauth4webapi";
import { openidProfile, openidServer } from "./openid";
import type { Provider } from "./provider";

/** Its discovery document, as far as we need it, so that a sign-in can begin without asking for it. */
const SERVER: AuthorizationServer = {
  issuer: "https://accounts.google.com",
  authorization_endpoint: "https://accounts.google.com/o/oauth2/v2/auth",
  token_endpoint: "https://oauth2.googleapis.com/token",
  userinfo_endpoint: "https://openidconnect.googleapis.com/v1/userinfo",
  jwks_uri: "https://www.googleapis.com/oauth2/v3/certs",
  token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
  id_token_signing_alg_values_supported: ["RS256"],
};

export const google: Provider = {
  name: "google",
  label: "Google",
  scopes: ["openid", "email", "profile"],
  openid: true,
  needsIssuer: false,
  console: {
    url: "https://console.cloud.google.com/auth/clients",
    hint: "and create a client of the type “Web application”, with the callback URL among its “Authorized redirect URIs”.",
  },
  anew: { prompt: "select_account" },
  server: (connection, call) => openidServer(connection, call, SERVER),
  profile: openidProfile,
};
