/** API reference: social sign-in. */
import { z } from "zod";
import { GET as start } from "@/app/api/auth/[connection]/[app_id]/route";
import { GET as callback } from "@/app/api/auth/callback/[connection]/[app_id]/route";
import type { Group } from "@/lib/http/openapi/operation";
import { ok } from "./responses";
import { text } from "./schemas/fields";

const BrowserUrl = z
  .object({
    url: text(
      "A URL of Foyer. Open it in the user's browser, not on your server.",
      "https://foyer.example/api/auth/github/app_1k8p3m7q2x4v9a?state=af0ifjsldkj",
    ),
  })
  .meta({ id: "BrowserAddress" });

/** The parameters that a provider sends, all of them optional. */
const ProviderCallback = z.object({
  state: z
    .string()
    .optional()
    .meta({ description: "The value that Foyer sent, bound to the browser that started the sign-in." }),
  code: z.string().optional().meta({ description: "The provider's code (RFC 6749 §4.1.2)." }),
});

export const social: Group = {
  slug: "social",
  name: "Social sign-in",
  description:
    "Your page opens a connection of the app in the browser, which returns to your return URL with the result. Create connections in the dashboard, with the API, or with `foyer social set`.",
  operations: [
    {
      id: "startSocial",
      method: "get",
      path: "/api/auth/{connection}/{app_id}",
      handler: start,
      summary: "Start a social sign-in",
      description:
        "Redirects the browser to the provider, with a `state` bound to the browser and PKCE (S256). With `Accept: application/json` it returns the URL to open in the browser. The default of `redirect_uri` is the connection's first one.",
      answers: [
        ok("The URL to open in the browser.", BrowserUrl),
        {
          status: 302,
          description: "Redirects to the provider, or to `redirect_uri` with `error` if the provider is unavailable.",
        },
      ],
      errors: ["connection_disabled", "rate_limited"],
      errorPages: true,
      examples: [
        {
          query: { redirect_uri: "https://blog.example/signed-in", state: "af0ifjsldkj" },
          accept: "application/json",
        },
      ],
    },
    {
      id: "socialCallback",
      method: "get",
      path: "/api/auth/callback/{connection}/{app_id}",
      handler: callback,
      summary: "Callback of a provider",
      description:
        "Register this URL with the provider. Foyer redirects the browser to `redirect_uri` with your `state`. As the connection's `delivery` says, it adds `?token=` or `#token=` (a JWT that is valid for five minutes) or `?code=` (for /api/auth/exchange). A failed sign-in adds `error` and `error_description`: `access_denied`, `provider_error`, `provider_unavailable`, `account_exists`, `email_missing`, `email_not_verified`, `signup_closed`, `email_domain_not_allowed`, `user_disabled`. Without a valid `state` it shows an error page instead.",
      accepts: { query: ProviderCallback },
      answers: [{ status: 302, description: "Redirects to `redirect_uri` with the result." }],
      errors: [
        "state_missing",
        "state_unknown",
        "state_expired",
        "state_reused",
        "state_of_another_browser",
        "state_of_another_connection",
      ],
      errorPages: true,
      examples: [{ query: { code: "…", state: "…" }, accept: "application/json" }],
    },
  ],
};
