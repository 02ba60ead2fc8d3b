/** Sign-in with an identity provider. */
import { z } from "zod";
import { GET as start } from "@/app/api/auth/[connection]/[app_id]/route";
import { GET as callback } from "@/app/api/auth/callback/[connection]/[app_id]/route";
import type { Group } from "@/lib/http/openapi/operation";
import { ok } from "./answer";
import { text } from "./answers/fields";

const BrowserAddress = z
  .object({
    url: text(
      "An address of Foyer: send the browser there, not your server.",
      "https://foyer.example/api/auth/github/app_1k8p3m7q2x4v9a?state=af0ifjsldkj",
    ),
  })
  .meta({ id: "BrowserAddress" });

/** Which of them a provider sends is its own business. */
const ProviderAnswer = z.object({
  state: z.string().optional().meta({ description: "Foyer's own, bound to the browser that began." }),
  code: z.string().optional().meta({ description: "The provider's code (RFC 6749 §4.1.2)." }),
});

export const social: Group = {
  slug: "social",
  name: "Social sign-in",
  description:
    "Your page sends the browser to a connection of the App; it comes back to your return URL with the outcome. Connections are made in the dashboard, by the management API, or by `foyer social set`.",
  operations: [
    {
      id: "startSocial",
      method: "get",
      path: "/api/auth/{connection}/{app_id}",
      handler: start,
      summary: "Send a browser to a provider",
      description:
        "A browser is sent on to the provider (`state` bound to the browser, PKCE S256). A program that asks for `application/json` is told where to send the browser. Without `redirect_uri` it comes back to the connection's first one.",
      answers: [
        ok("Where to send the browser.", BrowserAddress),
        { status: 302, description: "To the provider; or, where it cannot be asked, to `redirect_uri` with `error`." },
      ],
      errors: ["connection_disabled", "rate_limited"],
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
      summary: "Where a provider sends the browser back to",
      description:
        "Register this address at the provider. The browser goes on to `redirect_uri` with your `state` and, by the connection's `delivery`, `?token=` or `#token=` (a JWT of five minutes) or `?code=` (for /api/auth/exchange); or with `error` and `error_description`: `access_denied`, `provider_error`, `provider_unavailable`, `account_exists`, `email_missing`, `email_not_verified`, `signup_closed`, `email_domain_not_allowed`, `user_disabled`. Without a good state it goes nowhere: a page says why.",
      accepts: { query: ProviderAnswer },
      answers: [{ status: 302, description: "To `redirect_uri`, with the outcome." }],
      errors: [
        "state_missing",
        "state_unknown",
        "state_expired",
        "state_reused",
        "state_of_another_browser",
        "state_of_another_connection",
      ],
      examples: [{ query: { code: "…", state: "…" }, accept: "application/json" }],
    },
  ],
};
