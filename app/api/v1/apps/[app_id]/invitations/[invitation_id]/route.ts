import { withdrawInvitation } from "@/lib/account/invitations";
import { invitationInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";

export const DELETE = route({
  guard: invitationInPath,
  status: 204,
  run: ({ app, invitationId, by }) => withdrawInvitation(app.id, invitationId, by),
});
