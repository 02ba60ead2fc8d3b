"use server";

import { redirect } from "next/navigation";
import { action, publicAccess } from "@/app/_server/action";
import { setDashboardCookie } from "@/app/_server/dashboard-session";
import { getApp } from "@/lib/apps/apps";
import { fail, isAppError } from "@/lib/errors";
import { TENANT_ZERO } from "@/lib/ids";
import { SignUpBody } from "@/lib/signin/inputs";
import { signUpWithBrowser } from "@/lib/signin/sign-up";
import { EMAIL_TAKEN } from "./email-taken";

export const signUpAction = action({
  guard: publicAccess,
  input: SignUpBody,
  run: async ({ input }) => {
    const session = await signUpWithBrowser(await getApp(TENANT_ZERO), input).catch(failAtEmailField);
    await setDashboardCookie(session);
    redirect("/dashboard");
  },
});

function failAtEmailField(error: unknown): never {
  if (isAppError(error) && error.code === "email_taken")
    fail(error.status, error.code, error.description, { fields: { email: EMAIL_TAKEN } });
  throw error;
}
