"use server";

import { redirect } from "next/navigation";
import { action, publicAccess } from "@/app/_server/action";
import { safeNext, setDashboardCookie } from "@/app/_server/dashboard-session";
import { getApp } from "@/lib/apps/apps";
import { TENANT_ZERO } from "@/lib/ids";
import { text } from "@/lib/input";
import { SignInBody } from "@/lib/signin/inputs";
import { signInWithBrowser } from "@/lib/signin/password";

export const signInAction = action({
  guard: publicAccess,
  input: SignInBody.extend({ next: text(500).optional() }),
  run: async ({ input: { next, ...credentials } }) => {
    await setDashboardCookie(await signInWithBrowser(await getApp(TENANT_ZERO), credentials));
    redirect(safeNext(next));
  },
});
