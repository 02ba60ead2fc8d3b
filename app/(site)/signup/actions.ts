"use server";

import { action, publicAccess } from "@/app/_server/action";
import { enterDashboard, signingInDashboard } from "@/app/_server/dashboard-session";
import { getApp } from "@/lib/apps/apps";
import { requireBotCheck } from "@/lib/bot-check/check";
import { BotCheckField } from "@/lib/bot-check/inputs";
import { fail, isAppError } from "@/lib/errors";
import { TENANT_ZERO } from "@/lib/ids";
import { SignUpBody } from "@/lib/signin/inputs";
import { signUpWithBrowser } from "@/lib/signin/sign-up";
import { EMAIL_TAKEN } from "./email-taken";

export const signUpAction = action({
  guard: publicAccess,
  input: SignUpBody.extend(BotCheckField),
  run: async ({ input: { bot_check, ...input } }) => {
    const [app, browser] = await Promise.all([getApp(TENANT_ZERO), signingInDashboard("/dashboard")]);
    await requireBotCheck(app, "signup", bot_check);
    const signIn = await signUpWithBrowser(app, input, browser).catch(failAtEmailField);
    await enterDashboard(signIn, "/dashboard");
  },
});

function failAtEmailField(error: unknown): never {
  if (isAppError(error) && error.code === "email_taken")
    fail(error.status, error.code, error.description, { fields: { email: EMAIL_TAKEN } });
  throw error;
}
