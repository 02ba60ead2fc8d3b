/** API reference: the device grant. */
import { POST as deviceAuthorization } from "@/app/o/[app]/device_authorization/route";
import type { Operation } from "@/lib/http/openapi/operation";
import { DeviceAuthorizationInput, EXAMPLES } from "./provider-input";
import { ok } from "./responses";
import { DeviceAuthorization } from "./schemas/provider";

export const DEVICE_OPERATIONS: Operation[] = [
  {
    id: "deviceAuthorization",
    method: "post",
    path: "/o/{app_id}/device_authorization",
    also: ["/o/{app_id}/device-authorization", "/o/device_authorization", "/o/device-authorization"],
    handler: deviceAuthorization,
    summary: "Start a device sign-in",
    description:
      "RFC 8628 §3.1. The device shows `user_code` and `verification_uri`, and the user answers there in a browser. Meanwhile, the device polls the token endpoint with `device_code` every `interval` seconds. `slow_down` lengthens the interval by 5 seconds. Both codes expire after 10 minutes.",
    accepts: { security: ["clientSecret", null], body: DeviceAuthorizationInput, form: true },
    answers: [ok("The codes.", DeviceAuthorization)],
    oauthErrors: [
      "invalid_request",
      "invalid_scope",
      "unauthorized_client",
      "invalid_client",
      "unknown_app",
      "rate_limited",
      "temporarily_unavailable",
    ],
    examples: [{ body: EXAMPLES.device }],
  },
];
