"use server";

import { action, publicAccess } from "@/app/_server/action";
import { requestPasswordReset } from "@/lib/account/forgot-password";
import { EmailBody } from "@/lib/account/inputs";
import { getApp } from "@/lib/apps/apps";
import { TENANT_ZERO } from "@/lib/ids";

/** The result never reveals whether a developer has this email address. */
export const forgotPasswordAction = action({
  guard: publicAccess,
  input: EmailBody,
  run: async ({ input: { email } }) => {
    await requestPasswordReset(await getApp(TENANT_ZERO), email, { type: "user" });
    return { email: email.email };
  },
});
