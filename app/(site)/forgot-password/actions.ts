"use server";

import { action, publicAccess } from "@/app/_server/action";
import { requestPasswordReset } from "@/lib/account/forgot-password";
import { EmailBody } from "@/lib/account/inputs";
import { getApp } from "@/lib/apps/apps";
import { ANONYMOUS_USER } from "@/lib/audit/events";
import { requireBotCheck } from "@/lib/bot-check/check";
import { BotCheckField } from "@/lib/bot-check/inputs";
import { TENANT_ZERO } from "@/lib/ids";

/** The result never reveals whether a developer has this email address. */
export const forgotPasswordAction = action({
  guard: publicAccess,
  input: EmailBody.extend(BotCheckField),
  run: async ({ input: { email, bot_check } }) => {
    const app = await getApp(TENANT_ZERO);
    await requireBotCheck(app, "forgot", bot_check);
    await requestPasswordReset(app, email, ANONYMOUS_USER);
    return { email: email.email };
  },
});
