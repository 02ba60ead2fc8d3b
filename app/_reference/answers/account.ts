/** What the life of an account is answered with. */
import { z } from "zod";
import type { exportAccount } from "@/lib/account/export";
import type { InvitationAnswer } from "@/lib/account/invitations";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import { id, text, time } from "./fields";
import { ConnectedApp, Self, SessionView } from "./users";

export const InvitationView = z
  .object({
    id: id("The invitation's id.", SOME_ID.invitation),
    email: text("Whom it was sent to.", "carol@example.com").nullable(),
    redirect_uri: text("Where they go once they have accepted.", "https://blog.example/signed-in").nullable(),
    created_at: time("When it was sent."),
    expires_at: time("Until when it can be accepted.", "2026-11-30T10:00:00.000Z"),
  })
  .meta({
    id: "Invitation",
    description: "Somebody who is asked to become a user.",
  }) satisfies z.ZodType<InvitationAnswer>;

const ended = {
  ended_at: time("When it ended.").nullable(),
};

const Identity = z.object({
  connection: text("The connection.", "github"),
  issuer: text("Who vouches.", "https://github.com"),
  subject: text("Their id there.", "583231"),
  email: text("The address there.", "bob@example.com").nullable(),
  profile: z.record(z.string(), z.custom<z.core.util.JSONType>()).meta({ description: "What was told." }),
  created_at: time("Since when."),
  last_used_at: time("When it was used last.").nullable(),
});

const Grant = z.object({
  client_id: id("The client's id.", SOME_ID.client),
  scopes: z.array(z.string()).meta({ description: "What it may do.", examples: [["openid"]] }),
  offline_access: z.boolean().meta({ description: "Whether it outlives the session." }),
  created_at: time("When it was given."),
  last_used_at: time("When it was used last.").nullable(),
  expires_at: time("When it ends."),
  ...ended,
});

const Happened = z.object({
  type: text("What happened.", "user.signed_in"),
  outcome: text("How it went.", "success"),
  reason: text("Why it was refused.").nullable(),
  count: z.int().meta({ description: "How often within its minute.", examples: [1] }),
  actor: text("Who did it, by kind.", "user"),
  client_id: text("Through which client.").nullable(),
  ip: text("Where from.", "203.0.113.7").nullable(),
  user_agent: text("With what.").nullable(),
  created_at: time("When."),
});

export const AccountExport = z
  .object({
    exported_at: time("When this was written."),
    app: z
      .object({ id: id("The App's id.", SOME_ID.app), name: text("Its name.", "Photo Blog") })
      .meta({ description: "Where the account is." }),
    profile: Self.extend({ last_sign_in_at: time("When they signed in last.").nullable() }).meta({
      description: "The user.",
    }),
    identities: z.array(Identity).meta({ description: "Accounts elsewhere that sign them in here.", examples: [[]] }),
    sessions: z
      .array(SessionView.extend({ ...ended, ended_why: text("Why it ended.").nullable() }))
      .meta({ description: "Where they were signed in." }),
    consents: z.array(ConnectedApp).meta({ description: "What they allowed.", examples: [[]] }),
    grants: z.array(Grant).meta({ description: "What came of it.", examples: [[]] }),
    events: z.array(Happened).meta({ description: "What happened to the account, newest first." }),
    events_truncated: z.boolean().meta({ description: "Whether there are more than 5,000.", examples: [false] }),
  })
  .meta({ id: "AccountExport", description: "What is kept about a user." });

null as unknown as Omit<Awaited<ReturnType<typeof exportAccount>>, "profile" | "identities"> satisfies Omit<
  z.output<typeof AccountExport>,
  "profile" | "identities"
>;
