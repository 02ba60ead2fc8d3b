import { InvitationBody } from "@/lib/account/inputs";
import { inviteUser, listInvitations } from "@/lib/account/invitations";
import { ListQuery } from "@/lib/database/pagination";
import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const GET = route({ guard: apiKey, query: ListQuery, run: ({ app, query }) => listInvitations(app.id, query) });

export const POST = route({
  guard: apiKey,
  body: InvitationBody,
  status: 201,
  idempotent: true,
  run: ({ app, by, body: { email, redirect_uri: redirectUri } }) => inviteUser(app, { email, redirectUri }, by),
});
