"use server";

import { redirect } from "next/navigation";
import { action, publicAccess } from "@/app/_server/action";
import { findDeveloper } from "@/app/_server/dashboard-session";
import { confirmEmailChange } from "@/lib/account/change-email";
import { getApp } from "@/lib/apps/apps";
import { TENANT_ZERO } from "@/lib/ids";
import { LinkToken } from "@/lib/signin/inputs";

export const changeEmailAction = action({
  guard: publicAccess,
  input: LinkToken,
  run: async ({ input: { token } }) => {
    await confirmEmailChange(await getApp(TENANT_ZERO), token);
    redirect((await findDeveloper()) ? "/dashboard/account" : "/login?done=address");
  },
});
