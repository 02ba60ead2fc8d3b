/** Response schemas: apps, keys, members, events. */
import { z } from "zod";
import type { getApiKey } from "@/lib/apps/api-keys";
import type { RetiredKey as Retired } from "@/lib/apps/key-retirement";
import type { listSigningKeys, rotateSigningKeys } from "@/lib/apps/key-rotation";
import type { listMembers } from "@/lib/apps/members";
import { AppSettings } from "@/lib/apps/settings";
import { SIGNING_ALGS } from "@/lib/apps/signing-keys";
import type { appAnswer } from "@/lib/apps/update";
import type { eventAnswer } from "@/lib/audit/list";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import { type Checked, id, text, time } from "./fields";

export const App = z
  .object({
    app_id: id("The app ID.", SOME_ID.app),
    name: text("The name that users see.", "Photo Blog"),
    issuer: text("The issuer. It never changes.", `https://auth.example/o/${SOME_ID.app}`),
    settings: AppSettings.meta({ id: "AppSettings", description: "The app's settings. Durations are in seconds." }),
  })
  .meta({ id: "App" }) satisfies z.ZodType<ReturnType<typeof appAnswer>>;

export const ApiKey = z
  .object({
    key_id: id("The key ID.", SOME_ID.key),
    name: text("A label for the key.", "production"),
    prefix: text("The first characters of the key.", "foyer_sk_1k8p3m7q2x4v9a_Qm7d"),
    created_at: time("When it was created."),
    last_used_at: time("When it was last used, to the minute.").nullable(),
    revoked_at: time("When it was revoked.").nullable(),
  })
  .meta({ id: "ApiKey" }) satisfies z.ZodType<Awaited<ReturnType<typeof getApiKey>>>;

export const NewApiKey = z
  .object({
    key_id: id("The key ID.", SOME_ID.key),
    api_key: text("The API key. It is shown only once.", "foyer_sk_1k8p3m7q2x4v9a_Qm7d…"),
  })
  .meta({ id: "NewApiKey" });

export const Member = z
  .object({
    developer_id: id("The developer's user ID.", "usr_01kax8s0e2d8f1h3k5n7q9s2v4"),
    email: text("The developer's email address.", "alice@example.com").nullable(),
    name: text("The developer's name.", "Alice").nullable(),
    role: z.enum(["owner", "admin", "viewer"]).meta({ description: "The developer's role." }),
    created_at: time("When the developer joined."),
  })
  .meta({ id: "Member", description: "A developer who can view or change the app." }) satisfies z.ZodType<
  Awaited<ReturnType<typeof listMembers>>[number]
>;

const kid = (description: string) => text(description, SOME_ID.signingKey);
const alg = z.enum(SIGNING_ALGS).meta({ description: "The algorithm." });

export const SigningKey = z
  .object({
    kid: kid("The key ID in the JWKS: the thumbprint of the key (RFC 7638)."),
    alg,
    status: z.enum(["active", "next", "retiring", "retired"]).meta({
      description: "`next` is published and not used yet, `active` signs tokens, `retiring` only verifies them.",
    }),
    created_at: time("When it was created."),
    activated_at: time("When it started to sign tokens.").nullable(),
    retiring_at: time("When it stopped signing tokens.").nullable(),
    retired_at: time("When it was removed from the JWKS.").nullable(),
  })
  .meta({ id: "SigningKey" }) satisfies z.ZodType<Awaited<ReturnType<typeof listSigningKeys>>[number]>;

export const RotatedKeys = z
  .object({
    rotated: z.array(
      z.object({
        alg,
        active: kid("The key that signs now."),
        next: kid("The key that signs after the next rotation."),
        retiring: kid("The key that signed until now.").nullable(),
      }),
    ),
  })
  .meta({ id: "RotatedKeys" }) satisfies z.ZodType<Awaited<ReturnType<typeof rotateSigningKeys>>>;

export const RetiredKey = z
  .object({
    kid: kid("The retired key. All its tokens are rejected."),
    alg,
    was: z.enum(["active", "next", "retiring"]).meta({ description: "The key's previous status." }),
    active: kid("The key that signs from now on."),
  })
  .meta({ id: "RetiredKey" }) satisfies z.ZodType<Retired>;

const subject = (what: string, example: string) =>
  id(`The ID of the ${what} that the event is about.`, example).nullable();

export const Event = z
  .object({
    id: id("The event ID.", SOME_ID.event),
    type: text("The event type.", "user.signed_in"),
    outcome: text("`success`, `failure` or `rejected`.", "success"),
    actor: z
      .object({
        type: text("`user`, `developer`, `client`, `key`, `operator` or `system`.", "key"),
        id: id("The actor's ID.", SOME_ID.key).nullable(),
      })
      .meta({ description: "The actor." }),
    user_id: subject("user", SOME_ID.user),
    client_id: subject("client", SOME_ID.client),
    session_id: subject("session", SOME_ID.session),
    target: z
      .object({
        type: text("The type of the object.", "client"),
        id: id("The object's ID.", SOME_ID.client).nullable(),
      })
      .nullable()
      .meta({ description: "The object that was changed.", examples: [null] }),
    reason: text("Why it failed or was rejected.", "wrong_password").nullable(),
    explanation: z.record(z.string(), z.unknown()).meta({
      description: "Details: what was sent, what is registered, the section of the standard, and the remedy.",
      examples: [{ method: "password" }],
    }),
    count: z
      .int()
      .meta({ description: "How often it happened within one minute, for rejected requests.", examples: [1] }),
    request_id: text("The request ID.", "req_5f2c9a7be01d43c8a6e4f013").nullable(),
    ip: text("The IP address.", "203.0.113.7").nullable(),
    user_agent: text("The user agent.", "Mozilla/5.0 …").nullable(),
    created_at: time("When it happened."),
  })
  .meta({ id: "Event", description: "An entry of the audit log." });

// The explanation is free-form JSON.
export type CheckedEvent = Checked<
  Omit<ReturnType<typeof eventAnswer>, "explanation" | "target">,
  Omit<z.output<typeof Event>, "explanation" | "target">
>;
