/** API reference: pushed authorization requests. */
import { POST as par } from "@/app/o/[app]/par/route";
import type { Operation } from "@/lib/http/openapi/operation";
import { EXAMPLES, PushedInput } from "./provider-input";
import { created } from "./responses";
import { PushedRequest } from "./schemas/provider";

export const pushedRequest: Operation = {
  id: "pushAuthorizationRequest",
  method: "post",
  path: "/o/{app_id}/par",
  also: ["/o/par"],
  handler: par,
  summary: "Push an authorization request",
  description:
    "RFC 9126. Stores the parameters of an authorization request and returns a `request_uri`. The client then sends the browser to the authorization endpoint with `client_id` and `request_uri` only. The first presentation must follow within 60 seconds; the `request_uri` works until its response was sent to the client.",
  accepts: { security: ["clientSecret", null], body: PushedInput, form: true },
  answers: [created("The reference to the stored request.", PushedRequest)],
  oauthErrors: [
    "invalid_request",
    "invalid_client",
    "invalid_scope",
    "invalid_request_object",
    "invalid_dpop_proof",
    "use_dpop_nonce",
    "unknown_app",
    "rate_limited",
    "temporarily_unavailable",
  ],
  examples: [{ body: EXAMPLES.authorize }],
};
