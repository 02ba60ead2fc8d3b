/** Google (OpenID Connect). */
import type { AuthorizationServer } from "oauth4webapi";
import { openidProfile, openidServer } from "./openid";
import type { Provider } from "./provider";

/**
 * The fields of Google's discovery document that Foyer needs, so that no sign-in waits for
 * discovery.
 */
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
  label: "Google",
  description: "Personal Google accounts and Google Workspace accounts",
  scopes: ["openid", "email", "profile"],
  openid: true,
  issuer: null,
  console: {
    url: "https://console.cloud.google.com/auth/clients",
    instruction:
      "and create a client of type “Web application”. Add the callback URL to its “Authorized redirect URIs”.",
  },
  docs: "https://developers.google.com/identity/openid-connect/openid-connect",
  reauthenticate: { prompt: "select_account" },
  server: (endpoints, call) => openidServer(endpoints, call, SERVER),
  profile: openidProfile,
};
