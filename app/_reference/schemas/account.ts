/** Response schemas: invitations and the account export. */
import { z } from "zod";
import type { exportAccount } from "@/lib/account/export";
import type { PendingInvitation } from "@/lib/account/invitations";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import { FactorView } from "./factors";
import { type Checked, id, text, time } from "./fields";
import { ConnectedApp, Self, SessionView } from "./users";

export const InvitationView = z
  .object({
    id: id("The invitation ID.", SOME_ID.invitation),
    email: text("The invited email address.", "carol@example.com").nullable(),
    redirect_uri: text(
      "The URL that the user is redirected to after accepting.",
      "https://blog.example/signed-in",
    ).nullable(),
    created_at: time("When the invitation was sent."),
    expires_at: time("When the invitation expires.", "2026-11-30T10:00:00.000Z"),
  })
  .meta({
    id: "Invitation",
    description: "An invitation to become a user.",
  }) satisfies z.ZodType<PendingInvitation>;

const ended = {
  ended_at: time("When it was revoked.").nullable(),
};

const Identity = z.object({
  connection: text("The connection's name.", "github"),
  issuer: text("The issuer that identified the user.", "https://github.com"),
  subject: text("The user's ID at the provider.", "583231"),
  email: text("The email address at the provider.", "bob@example.com").nullable(),
  profile: z
    .record(z.string(), z.custom<z.core.util.JSONType>())
    .meta({ description: "The profile from the provider." }),
  created_at: time("When the account was linked."),
  last_used_at: time("When it was last used.").nullable(),
});

const Grant = z.object({
  client_id: id("The client ID.", SOME_ID.client),
  scopes: z.array(z.string()).meta({ description: "The granted scopes.", examples: [["openid"]] }),
  offline_access: z.boolean().meta({ description: "Whether the grant continues after the session has ended." }),
  created_at: time("When it was granted."),
  last_used_at: time("When it was last used.").nullable(),
  expires_at: time("When it expires."),
  ...ended,
});

const RememberedBrowser = z.object({
  ip: text("The IP address.", "203.0.113.7").nullable(),
  user_agent: text("The user agent.", "Mozilla/5.0 …").nullable(),
  created_at: time("When the user chose it."),
  last_used_at: time("When it was last used."),
  expires_at: time("When it expires."),
});

const AccountEvent = z.object({
  type: text("The event type.", "user.signed_in"),
  outcome: text("`success`, `failure` or `rejected`.", "success"),
  reason: text("Why it failed or was rejected.").nullable(),
  count: z.int().meta({ description: "How often it happened within one minute.", examples: [1] }),
  actor: text("The type of the actor.", "user"),
  client_id: text("The client ID.").nullable(),
  ip: text("The IP address.", "203.0.113.7").nullable(),
  user_agent: text("The user agent.").nullable(),
  created_at: time("When it happened."),
});

export const AccountExport = z
  .object({
    exported_at: time("When the export was created."),
    app: z
      .object({ id: id("The app ID.", SOME_ID.app), name: text("The app's name.", "Photo Blog") })
      .meta({ description: "The app of the account." }),
    profile: Self.extend({ last_sign_in_at: time("When the user last signed in.").nullable() }).meta({
      description: "The user.",
    }),
    identities: z.array(Identity).meta({ description: "Linked accounts.", examples: [[]] }),
    factors: z.array(FactorView).meta({ description: "Second factors and passkeys.", examples: [[]] }),
    recovery_codes_left: z.int().meta({ description: "How many recovery codes still work.", examples: [10] }),
    remembered_browsers: z
      .array(RememberedBrowser)
      .meta({ description: "Browsers that skip the second factor.", examples: [[]] }),
    sessions: z
      .array(SessionView.extend({ ...ended, ended_why: text("Why the session was revoked.").nullable() }))
      .meta({ description: "The user's sessions." }),
    consents: z.array(ConnectedApp).meta({ description: "The user's consents.", examples: [[]] }),
    grants: z.array(Grant).meta({ description: "The OAuth grants.", examples: [[]] }),
    events: z.array(AccountEvent).meta({ description: "The events of the account, newest first." }),
    events_truncated: z
      .boolean()
      .meta({ description: "Whether the list was cut off at 5,000 events.", examples: [false] }),
  })
  .meta({ id: "AccountExport", description: "All data about a user." });

export type CheckedExport = Checked<
  Omit<z.output<typeof AccountExport>, "profile" | "identities">,
  Omit<Awaited<ReturnType<typeof exportAccount>>, "profile" | "identities">
>;
