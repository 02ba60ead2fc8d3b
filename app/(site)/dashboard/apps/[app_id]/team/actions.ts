"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { action, member } from "@/app/_server/action";
import { inviteMember, withdrawInvitation } from "@/lib/apps/invitations";
import { changeRole, removeMember } from "@/lib/apps/members";
import { revalidateApp } from "../app-paths";
import { InvitationForm, InviteForm, MemberForm, RoleForm } from "./inputs";

export const inviteAction = action({
  guard: member("owner"),
  input: InviteForm,
  run: async ({ app, input: { email, role }, by, developer }) => {
    await inviteMember(app, { email, role, inviter: developer.email ?? "A developer" }, by);
    revalidateApp(app.id);
  },
});

export const revokeInvitationAction = action({
  guard: member("owner"),
  input: InvitationForm,
  run: async ({ app, input, by }) => {
    await withdrawInvitation(app.id, input.invitation_id, by);
    revalidateApp(app.id);
  },
});

export const changeRoleAction = action({
  guard: member("owner"),
  input: RoleForm,
  run: async ({ app, input, by }) => {
    await changeRole(app.id, input.developer_id, input.role, by);
    revalidateApp(app.id);
  },
});

export const removeMemberAction = action({
  guard: member("owner"),
  input: MemberForm,
  run: async ({ app, input, by }) => {
    await removeMember(app.id, input.developer_id, by);
    revalidateApp(app.id);
  },
});

/** Members with any role can leave. */
export const leaveAction = action({
  guard: member("viewer"),
  input: z.object({}),
  run: async ({ app, by, developer }) => {
    await removeMember(app.id, developer.userId, by);
    redirect("/dashboard");
  },
});
