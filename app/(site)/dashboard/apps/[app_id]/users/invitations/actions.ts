"use server";

import { z } from "zod";
import { action, member } from "@/app/_server/action";
import { InvitationBody } from "@/lib/account/inputs";
import { inviteUser, withdrawInvitation } from "@/lib/account/invitations";
import { text } from "@/lib/input";
import { revalidateApp } from "../../app-paths";
import { withConflictErrors } from "../conflict-errors";

export const inviteUserAction = action({
  guard: member("admin"),
  input: InvitationBody,
  run: async ({ app, input: { email, redirect_uri: redirectUri }, by }) => {
    await withConflictErrors(inviteUser(app, { email, redirectUri }, by));
    revalidateApp(app.id);
  },
});

export const revokeUserInvitationAction = action({
  guard: member("admin"),
  input: z.object({ invitation_id: text(64) }),
  run: async ({ app, input, by }) => {
    await withdrawInvitation(app.id, input.invitation_id, by);
    revalidateApp(app.id);
  },
});
