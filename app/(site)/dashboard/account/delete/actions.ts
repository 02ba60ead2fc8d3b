"use server";

import { redirect } from "next/navigation";
import { action, developer } from "@/app/_server/action";
import { clearDashboardCookie } from "@/app/_server/dashboard-session";
import { deleteAccount } from "@/lib/account/delete-account";
import { DeleteAccountBody } from "@/lib/account/inputs";
import { getApp } from "@/lib/apps/apps";
import { TENANT_ZERO } from "@/lib/ids";

export const deleteAccountAction = action({
  guard: developer,
  input: DeleteAccountBody,
  run: async ({ developer: { userId, sessionId }, input: { password } }) => {
    await deleteAccount(await getApp(TENANT_ZERO), { userId, sessionId }, password);
    await clearDashboardCookie();
    redirect("/login?done=closed");
  },
});
