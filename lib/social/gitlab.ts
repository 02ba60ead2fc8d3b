/** GitLab (OpenID Connect): gitlab.com, or a self-managed GitLab by its issuer. */
import type { AuthorizationServer } from "oauth4webapi";
import { openidProfile, openidServer } from "./openid";
import type { Provider } from "./provider";

/**
 * The fields of gitlab.com's discovery document that Foyer needs, so that no sign-in waits for
 * discovery.
 */
const SERVER: AuthorizationServer = {
  issuer: "https://gitlab.com",
  authorization_endpoint: "https://gitlab.com/oauth/authorize",
  token_endpoint: "https://gitlab.com/oauth/token",
  userinfo_endpoint: "https://gitlab.com/oauth/userinfo",
  jwks_uri: "https://gitlab.com/oauth/discovery/keys",
  token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
  id_token_signing_alg_values_supported: ["RS256"],
};

export const gitlab: Provider = {
  label: "GitLab",
  description: "GitLab.com accounts, or accounts of a self-managed GitLab server",
  // Without `email`, GitLab sends only the email address that the user made public.
  scopes: ["openid", "email", "profile"],
  openid: true,
  issuer: {
    required: false,
    hint: "Only for a self-managed GitLab: its URL. Leave this empty for GitLab.com.",
    placeholder: "https://gitlab.example.com",
  },
  console: {
    url: "https://gitlab.com/-/user_settings/applications",
    instruction:
      "and add an application. Enter the callback URL as its “Redirect URI” and select the scopes “openid”, “email” and “profile”.",
  },
  docs: "https://docs.gitlab.com/integration/oauth_provider/",
  reauthenticate: { prompt: "login" },
  server: (endpoints, call) => openidServer(endpoints, call, SERVER),
  profile: openidProfile,
};
