/** Any OpenID Connect provider, configured by discovery (OpenID Connect Discovery §4). */
import { openidProfile, openidServer } from "./openid";
import type { Provider } from "./provider";

export const oidc: Provider = {
  label: "OpenID Connect",
  description: "Any OpenID Connect issuer, such as Microsoft, Okta, Keycloak or another Foyer app",
  scopes: ["openid", "email", "profile"],
  openid: true,
  issuer: {
    required: true,
    hint: "The issuer URL, exactly as the provider states it. Foyer reads the rest from /.well-known/openid-configuration.",
    placeholder: "https://login.example.com",
  },
  console: null,
  docs: null,
  reauthenticate: { prompt: "login" },
  server: (endpoints, call) => openidServer(endpoints, call),
  profile: openidProfile,
};
