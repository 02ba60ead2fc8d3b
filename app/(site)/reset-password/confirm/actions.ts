"use server";

import { redirect } from "next/navigation";
import { action, publicAccess } from "@/app/_server/action";
import { ResetBody } from "@/lib/account/inputs";
import { resetPassword } from "@/lib/account/reset-password";
import { getApp } from "@/lib/apps/apps";
import { TENANT_ZERO } from "@/lib/ids";

export const resetPasswordAction = action({
  guard: publicAccess,
  input: ResetBody,
  run: async ({ input: { token, password } }) => {
    await resetPassword(await getApp(TENANT_ZERO), token, password);
    redirect("/login?done=password");
  },
});
