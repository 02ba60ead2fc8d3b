"use server";

import { action, publicAccess } from "@/app/_server/action";
import { requestPasswordReset } from "@/lib/account/forgot-password";
import { EmailBody } from "@/lib/account/inputs";
import { getApp } from "@/lib/apps/apps";
import { ANONYMOUS_USER } from "@/lib/audit/events";
import { TENANT_ZERO } from "@/lib/ids";

/** The result never reveals whether a developer has this email address. */
export const forgotPasswordAction = action({
  guard: publicAccess,
  input: EmailBody,
  run: async ({ input: { email } }) => {
    await requestPasswordReset(await getApp(TENANT_ZERO), email, ANONYMOUS_USER);
    return { email: email.email };
  },
});
