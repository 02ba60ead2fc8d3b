/** Users, their sessions and connected apps, as answers show them. */
import { z } from "zod";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import type { serializeConnectedApp } from "@/lib/oauth/consent";
import type { serializeSession } from "@/lib/sessions/list";
import type { SessionAnswer } from "@/lib/signin/session-answer";
import { PROFILE_CLAIMS, type ProfileClaim } from "@/lib/users/profile";
import type { managedAnswer, selfAnswer, userAnswer } from "@/lib/users/users";
import { id, seconds, text, time } from "./fields";

const summary = {
  id: id("The user's id.", SOME_ID.user),
  email: text("The e-mail address.", "bob@example.com").nullable(),
  email_verified: z.boolean().meta({ description: "Whether they have shown that it is theirs.", examples: [false] }),
  name: text("The full name.", "Bob Hope").nullable(),
  created_at: time("When they became a user."),
};

/** Only those that have a value. */
const claims = Object.fromEntries(
  Object.entries(PROFILE_CLAIMS)
    .filter(([claim]) => claim !== "name")
    .map(([claim, { schema }]) => [claim, text(schema.description ?? "").optional()]),
) as Record<Exclude<ProfileClaim, "name">, z.ZodOptional<z.ZodString>>;

const anyObject = z.record(z.string(), z.custom<z.core.util.JSONType>());

const User = z.object(summary).meta({ id: "User" }) satisfies z.ZodType<ReturnType<typeof userAnswer>>;

export const Session = z
  .object({
    token: text("A JWT (RFC 9068) that any JWT library verifies against the App's JWKS.", "eyJhbGciOiJFUzI1NiIs…"),
    token_type: z.literal("Bearer"),
    expires_in: seconds("Lifetime of the token in seconds.", 900),
    refresh_token: text("For the next token, once.", "fr1-1.1k8p3m7q2x4v9a.ses_01kax8s0e2q7n3v5x9h1k4m6p8.0.…"),
    user: User,
  })
  .meta({ id: "Session", description: "A user who is signed in." }) satisfies z.ZodType<SessionAnswer>;

export const Sent = z.object({ status: z.literal("sent") }).meta({ id: "Sent" });

export const ManagedUser = z
  .object({
    ...summary,
    ...claims,
    external_id: text("Their id in your own system.", "42").nullable(),
    metadata: anyObject.meta({ description: "Yours; the user does not see it.", examples: [{ plan: "pro" }] }),
    public_metadata: anyObject.meta({ description: "Yours; the user sees it.", examples: [{}] }),
    disabled: z.boolean().meta({ description: "Whether they are kept out.", examples: [false] }),
    updated_at: time("When something about them changed last."),
    last_sign_in_at: time("When they signed in last.").nullable(),
  })
  .meta({ id: "ManagedUser", description: "A user as the App's backend sees them." }) satisfies z.ZodType<
  ReturnType<typeof managedAnswer>
>;

const self = {
  ...claims,
  sub: id("The same as `id`, by the name of the standards.", SOME_ID.user),
  updated_at: seconds("Seconds since 1970 (OIDC Core §5.1).", 1795428000),
};

/** With a direct token everything, with an OAuth token what its scopes show. */
export const Self = z
  .object({
    id: summary.id,
    sub: self.sub,
    email: summary.email.optional(),
    email_verified: summary.email_verified.optional(),
    name: summary.name.optional(),
    ...claims,
    public_metadata: anyObject.optional().meta({ description: "What your backend shows them.", examples: [{}] }),
    created_at: summary.created_at.optional(),
    updated_at: self.updated_at.optional(),
  })
  .meta({ id: "Self", description: "The user behind a token, as that token may see them." });

// A direct token sees everything that is described.
null as unknown as Omit<ReturnType<typeof selfAnswer>, "public_metadata"> satisfies z.output<typeof Self>;

/** OIDC Core §5.3.2 */
export const UserInfo = z
  .object({
    sub: self.sub,
    name: text("With the scope `profile`.", "Bob Hope").optional(),
    ...claims,
    updated_at: self.updated_at.optional(),
    email: text("With the scope `email`.", "bob@example.com").optional(),
    email_verified: z.boolean().optional().meta({ description: "With the scope `email`." }),
  })
  .meta({ id: "UserInfo", description: "The claims that the token's scopes and the claims parameter allow." });

export const SessionView = z
  .object({
    id: id("The session's id.", SOME_ID.session),
    kind: z.enum(["api", "browser"]).meta({ description: "`api`: by your backend; `browser`: on the hosted pages." }),
    amr: z.array(z.string()).meta({ description: "How they proved who they are (RFC 8176).", examples: [["pwd"]] }),
    ip: text("Where from.", "203.0.113.7").nullable(),
    user_agent: text("With what.", "Mozilla/5.0 …").nullable(),
    created_at: time("When they signed in."),
    last_seen_at: time("When it was used last."),
    expires_at: time("When it ends, unless it is used before.", "2026-12-23T10:00:00.000Z"),
  })
  .meta({ id: "SessionView", description: "A device on which a user is signed in." }) satisfies z.ZodType<
  ReturnType<typeof serializeSession>
>;

export const ConnectedApp = z
  .object({
    client_id: id("The client's id.", SOME_ID.client),
    client_name: text("Its name.", "SuperPhotoPrints"),
    client_uri: text("Its home page.", "https://photos.example").nullable(),
    logo_uri: text("Its logo.", "https://photos.example/logo.png").nullable(),
    scopes: z.array(z.string()).meta({ description: "What the user allowed.", examples: [["openid", "email"]] }),
    connected_at: time("Since when."),
    last_used_at: time("When it used its access last.").nullable(),
  })
  .meta({ id: "ConnectedApp", description: "A client that a user has let in." }) satisfies z.ZodType<
  ReturnType<typeof serializeConnectedApp>
>;
