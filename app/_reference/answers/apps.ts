/** Apps, keys, members and events, as answers show them. */
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
import { id, text, time } from "./fields";

export const App = z
  .object({
    app_id: id("The App's id.", SOME_ID.app),
    name: text("What users see.", "Photo Blog"),
    issuer: text("Its issuer, for good.", `https://auth.example/o/${SOME_ID.app}`),
    settings: AppSettings.meta({ id: "AppSettings", description: "What the owner decides. Durations in seconds." }),
  })
  .meta({ id: "App" }) satisfies z.ZodType<ReturnType<typeof appAnswer>>;

export const ApiKey = z
  .object({
    key_id: id("The key's id.", SOME_ID.key),
    name: text("To tell it from the others.", "production"),
    prefix: text("Its first characters; the rest is shown once.", "foyer_sk_1k8p3m7q2x4v9a_Qm7d"),
    created_at: time("When it was made."),
    last_used_at: time("When it was used last, to the minute.").nullable(),
    revoked_at: time("Since when it is refused.").nullable(),
  })
  .meta({ id: "ApiKey" }) satisfies z.ZodType<Awaited<ReturnType<typeof getApiKey>>>;

export const NewApiKey = z
  .object({
    key_id: id("The key's id.", SOME_ID.key),
    api_key: text("The key. It is shown this once.", "foyer_sk_1k8p3m7q2x4v9a_Qm7d…"),
  })
  .meta({ id: "NewApiKey" });

export const Member = z
  .object({
    developer_id: id("The developer's id.", "usr_01kax8s0e2d8f1h3k5n7q9s2v4"),
    email: text("The developer's address.", "alice@example.com").nullable(),
    name: text("The developer's name.", "Alice").nullable(),
    role: z.enum(["owner", "admin", "viewer"]).meta({ description: "What they may do." }),
    created_at: time("Since when."),
  })
  .meta({ id: "Member", description: "A developer who may see or change the App." }) satisfies z.ZodType<
  Awaited<ReturnType<typeof listMembers>>[number]
>;

const kid = (description: string) => text(description, SOME_ID.signingKey);
const alg = z.enum(SIGNING_ALGS).meta({ description: "The algorithm." });

export const SigningKey = z
  .object({
    kid: kid("The key's id in the JWKS: its thumbprint (RFC 7638)."),
    alg,
    status: z
      .enum(["active", "next", "retiring", "retired"])
      .meta({ description: "`next` is published and waits, `active` signs, `retiring` still verifies." }),
    created_at: time("When it was made."),
    activated_at: time("Since when it signs.").nullable(),
    retiring_at: time("Since when it only verifies.").nullable(),
    retired_at: time("When it left the JWKS.").nullable(),
  })
  .meta({ id: "SigningKey" }) satisfies z.ZodType<Awaited<ReturnType<typeof listSigningKeys>>[number]>;

export const RotatedKeys = z
  .object({
    rotated: z.array(
      z.object({
        alg,
        active: kid("What signs now."),
        next: kid("What will sign after the next rotation."),
        retiring: kid("What signed until now.").nullable(),
      }),
    ),
  })
  .meta({ id: "RotatedKeys" }) satisfies z.ZodType<Awaited<ReturnType<typeof rotateSigningKeys>>>;

export const RetiredKey = z
  .object({
    kid: kid("The key that nothing is accepted of any more."),
    alg,
    was: z.enum(["active", "next", "retiring"]).meta({ description: "What it was until now." }),
    active: kid("What signs from now on."),
  })
  .meta({ id: "RetiredKey" }) satisfies z.ZodType<Retired>;

const some = (what: string, example: string) => id(`The ${what} that it is about.`, example).nullable();

export const Event = z
  .object({
    id: id("The event's id.", SOME_ID.event),
    type: text("What happened.", "user.signed_in"),
    outcome: text("`success`, `failure` or `rejected`.", "success"),
    actor: z
      .object({
        type: text("`user`, `developer`, `client`, `key`, `operator` or `system`.", "key"),
        id: id("Who.", SOME_ID.key).nullable(),
      })
      .meta({ description: "Who did it." }),
    user_id: some("user", SOME_ID.user),
    client_id: some("client", SOME_ID.client),
    session_id: some("session", SOME_ID.session),
    target: z
      .object({ type: text("What kind of thing.", "client"), id: id("Which one.", SOME_ID.client).nullable() })
      .nullable()
      .meta({ description: "What was changed.", examples: [null] }),
    reason: text("Why it failed or ended.", "wrong_password").nullable(),
    explanation: z.record(z.string(), z.unknown()).meta({
      description: "What was sent, what is registered, the section of the standard, the remedy.",
      examples: [{ method: "password" }],
    }),
    count: z.int().meta({ description: "How often within its minute, for rejected requests.", examples: [1] }),
    request_id: text("The request, as its answer named it.", "req_5f2c9a7be01d43c8a6e4f013").nullable(),
    ip: text("Where from.", "203.0.113.7").nullable(),
    user_agent: text("With what.", "Mozilla/5.0 …").nullable(),
    created_at: time("When."),
  })
  .meta({ id: "Event", description: "One line of the audit trail." });

// The explanation is whatever JSON the event was written with.
null as unknown as Omit<z.output<typeof Event>, "explanation" | "target"> satisfies Omit<
  ReturnType<typeof eventAnswer>,
  "explanation" | "target"
>;
