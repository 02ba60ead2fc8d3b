/** Response schemas: users, sessions, connected apps. */
import { z } from "zod";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import type { serializeConnectedApp } from "@/lib/oauth/consent";
import type { serializeSession } from "@/lib/sessions/list";
import type { SessionResponse } from "@/lib/signin/session-response";
import { ADDRESS_PARTS, type Address as UserAddress } from "@/lib/users/contact";
import { PROFILE_CLAIMS, type ProfileClaim } from "@/lib/users/profile";
import type { managedUserView, ownUserView, userView } from "@/lib/users/user-views";
import { type Checked, id, seconds, text, time } from "./fields";

const summary = {
  id: id("The user ID.", SOME_ID.user),
  email: text("The email address.", "bob@example.com").nullable(),
  email_verified: z.boolean().meta({ description: "Whether the email address is verified.", examples: [false] }),
  name: text("The full name.", "Bob Hope").nullable(),
  created_at: time("When the user was created."),
};

/** Claims without a value are left out. */
const claims = Object.fromEntries(
  Object.entries(PROFILE_CLAIMS)
    .filter(([claim]) => claim !== "name")
    .map(([claim, { schema }]) => [claim, text(schema.description ?? "").optional()]),
) as Record<Exclude<ProfileClaim, "name">, z.ZodOptional<z.ZodString>>;

const Address = z
  .object(
    Object.fromEntries(
      Object.entries(ADDRESS_PARTS).map(([part, schema]) => [part, text(schema.description ?? "").optional()]),
    ) as { [Part in keyof UserAddress]-?: z.ZodOptional<z.ZodString> },
  )
  .meta({ id: "Address", description: "A postal address (OIDC Core §5.1.1)." }) satisfies z.ZodType<UserAddress>;

/** Claims of the scopes `phone` and `address`. Those without a value are left out. */
const contact = {
  phone_number: text("The phone number, in E.164 format.", "+12025550123").optional(),
  phone_number_verified: z.boolean().optional().meta({ description: "Whether the phone number is verified." }),
  address: Address.optional(),
};

const anyObject = z.record(z.string(), z.custom<z.core.util.JSONType>());

const User = z.object(summary).meta({ id: "User" }) satisfies z.ZodType<ReturnType<typeof userView>>;

export const Session = z
  .object({
    token: text("A JWT (RFC 9068) that any JWT library can verify with the app's JWKS.", "eyJhbGciOiJFUzI1NiIs…"),
    token_type: z.literal("Bearer"),
    expires_in: seconds("Lifetime of the token in seconds.", 900),
    refresh_token: text("The refresh token. It works once.", "fr1-1.1k8p3m7q2x4v9a.ses_01kax8s0e2q7n3v5x9h1k4m6p8.0.…"),
    user: User,
  })
  .meta({ id: "Session", description: "The tokens of a signed-in user." }) satisfies z.ZodType<SessionResponse>;

export const Sent = z.object({ status: z.literal("sent") }).meta({ id: "Sent" });

export const ManagedUser = z
  .object({
    ...summary,
    ...claims,
    ...contact,
    external_id: text("The user's ID in your system.", "42").nullable(),
    metadata: anyObject.meta({ description: "Your data. The user cannot see it.", examples: [{ plan: "pro" }] }),
    public_metadata: anyObject.meta({ description: "Your data. The user can see it.", examples: [{}] }),
    disabled: z.boolean().meta({ description: "Whether sign-in is blocked.", examples: [false] }),
    updated_at: time("When the profile or metadata last changed. Sign-ins and passwords don't change it."),
    last_sign_in_at: time("When the user last signed in.").nullable(),
  })
  .meta({ id: "ManagedUser", description: "A user as the app's backend sees it." }) satisfies z.ZodType<
  ReturnType<typeof managedUserView>
>;

const self = {
  ...claims,
  sub: id("The same as `id`. `sub` is the standard name (OIDC Core §5.1).", SOME_ID.user),
  updated_at: seconds("When the profile last changed, in seconds since 1970 (OIDC Core §5.1).", 1795428000),
};

/** All fields with a direct token. With an OAuth token, only what its scopes allow. */
export const Self = z
  .object({
    id: summary.id,
    sub: self.sub,
    email: summary.email.optional(),
    email_verified: summary.email_verified.optional(),
    name: summary.name.optional(),
    ...claims,
    ...contact,
    public_metadata: anyObject
      .optional()
      .meta({ description: "The data that your backend shares with the user.", examples: [{}] }),
    created_at: summary.created_at.optional(),
    updated_at: self.updated_at.optional(),
  })
  .meta({ id: "Self", description: "The user of a token, with the fields that the token can read." });

// A direct token returns every described field.
export type CheckedSelf = Checked<z.output<typeof Self>, Omit<ReturnType<typeof ownUserView>, "public_metadata">>;

/** OIDC Core §5.3.2 */
export const UserInfo = z
  .object({
    sub: self.sub,
    name: text("With the scope `profile`.", "Bob Hope").optional(),
    ...claims,
    updated_at: self.updated_at.optional(),
    email: text("With the scope `email`.", "bob@example.com").optional(),
    email_verified: z.boolean().optional().meta({ description: "With the scope `email`." }),
    phone_number: text("With the scope `phone`.", "+12025550123").optional(),
    phone_number_verified: z.boolean().optional().meta({ description: "With the scope `phone`." }),
    address: Address.optional().meta({ description: "With the scope `address`." }),
  })
  .meta({ id: "UserInfo", description: "The claims that the token's scopes and the `claims` parameter allow." });

export const SessionView = z
  .object({
    id: id("The session ID.", SOME_ID.session),
    kind: z
      .enum(["api", "browser"])
      .meta({ description: "`api`: created by your backend. `browser`: created on the hosted pages." }),
    acr: text("What the sign-in is worth: `1` (one factor), `2` (two factors) or `phr` (a passkey).", "1"),
    amr: z.array(z.string()).meta({ description: "The authentication methods (RFC 8176).", examples: [["pwd"]] }),
    ip: text("The IP address.", "203.0.113.7").nullable(),
    user_agent: text("The user agent.", "Mozilla/5.0 …").nullable(),
    created_at: time("When the user signed in."),
    last_seen_at: time("When the session was last used."),
    expires_at: time("When the session expires, unless it is used before.", "2026-12-23T10:00:00.000Z"),
  })
  .meta({ id: "SessionView", description: "A session of a user." }) satisfies z.ZodType<
  ReturnType<typeof serializeSession>
>;

export const ConnectedApp = z
  .object({
    client_id: id("The client ID.", SOME_ID.client),
    client_name: text("The client's name.", "SuperPhotoPrints"),
    client_uri: text("The client's home page.", "https://photos.example").nullable(),
    logo_uri: text("The URL of the client's logo.", "https://photos.example/logo.png").nullable(),
    scopes: z
      .array(z.string())
      .meta({ description: "The scopes that the user allowed.", examples: [["openid", "email"]] }),
    connected_at: time("When the user connected the app."),
    last_used_at: time("When the app last used its access.").nullable(),
  })
  .meta({ id: "ConnectedApp", description: "An OAuth client that a user has allowed." }) satisfies z.ZodType<
  ReturnType<typeof serializeConnectedApp>
>;
