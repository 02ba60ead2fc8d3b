"use server";

import { redirect } from "next/navigation";
import { action, anyone } from "@/app/_server/action";
import { openDashboard, safeNext } from "@/app/_server/dashboard-session";
import { getApp } from "@/lib/apps/apps";
import { TENANT_ZERO } from "@/lib/ids";
import { text } from "@/lib/input";
import { signInBrowser } from "@/lib/signin/hosted";
import { SignInBody } from "@/lib/signin/inputs";

export const logInAction = action({
  guard: anyone,
  input: SignInBody.extend({ next: text(500).optional() }),
  run: async ({ input: { next, ...credentials } }) => {
    await openDashboard(await signInBrowser(await getApp(TENANT_ZERO), credentials));
    redirect(safeNext(next));
  },
});
