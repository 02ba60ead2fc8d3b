"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { action, developer, publicAccess } from "@/app/_server/action";
import { safeNext } from "@/app/_server/next-path";
import { signOutDeveloper } from "@/app/_server/sign-out";
import { getApp } from "@/lib/apps/apps";
import { acceptInvitation } from "@/lib/apps/invitations";
import { text } from "@/lib/input";
import { parseEmail } from "@/lib/users/email";

export const acceptInvitationAction = action({
  guard: developer,
  input: z.object({ invited_to: text(40), token: text(1024) }),
  run: async ({ input, developer: { userId, email } }) => {
    const app = await getApp(input.invited_to);
    const canonical = parseEmail(email ?? "")?.canonical ?? null;
    await acceptInvitation(app, input.token, { developerId: userId, email: canonical });
    redirect(`/dashboard/apps/${app.id}`);
  },
});

/** Signs out, so that the developer can continue with the invited email address. */
export const changeAccountAction = action({
  guard: publicAccess,
  input: z.object({ next: text(2000) }),
  run: async ({ input }) => {
    await signOutDeveloper();
    redirect(safeNext(input.next));
  },
});
