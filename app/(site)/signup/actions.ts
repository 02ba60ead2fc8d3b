"use server";

import { z } from "zod";
import { action, publicAccess } from "@/app/_server/action";
import { enterDashboard, signingInDashboard } from "@/app/_server/dashboard-session";
import { safeNext } from "@/app/_server/next-path";
import { invitationOfNext } from "@/app/_server/team-invitation";
import { getApp } from "@/lib/apps/apps";
import { acceptInvitation } from "@/lib/apps/invitations";
import { requireBotCheck } from "@/lib/bot-check/check";
import { BotCheckField } from "@/lib/bot-check/inputs";
import { fail, isAppError } from "@/lib/errors";
import { TENANT_ZERO } from "@/lib/ids";
import { text } from "@/lib/input";
import { SignUpBody } from "@/lib/signin/inputs";
import { signUpWithBrowser } from "@/lib/signin/sign-up";
import { EMAIL_TAKEN } from "./email-taken";

export const signUpAction = action({
  guard: publicAccess,
  input: z.object({ ...SignUpBody.shape, ...BotCheckField, next: text(2000).optional() }),
  run: async ({ input: { bot_check, next, ...input } }) => {
    const path = safeNext(next);
    const [app, browser, open] = await Promise.all([
      getApp(TENANT_ZERO),
      signingInDashboard(path),
      invitationOfNext(path),
    ]);
    await requireBotCheck(app, "signup", bot_check);
    const invited = open?.invitation.email === input.email.canonical ? open : null;
    const signIn = await signUpWithBrowser(app, { ...input, isInvited: invited !== null }, browser).catch(
      failAtEmailField,
    );
    // With a second factor to add first, the page of the invitation follows.
    if (!invited || signIn.type === "pending") return enterDashboard(signIn, path);
    const joining = { developerId: signIn.userId, email: input.email.canonical };
    await acceptInvitation(invited.app, invited.token, joining);
    return enterDashboard(signIn, `/dashboard/apps/${invited.app.id}`);
  },
});

function failAtEmailField(error: unknown): never {
  if (isAppError(error) && error.code === "email_taken")
    fail(error.status, error.code, error.description, { fields: { email: EMAIL_TAKEN } });
  throw error;
}
