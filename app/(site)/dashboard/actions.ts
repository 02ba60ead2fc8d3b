"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { action, publicAccess } from "@/app/_server/action";
import { clearDashboardCookie, findDeveloper } from "@/app/_server/dashboard-session";
import { TENANT_ZERO } from "@/lib/ids";
import { endSession } from "@/lib/sessions/end";

/** For anyone: who was signed out elsewhere is just taken to the login. */
export const signOutAction = action({
  guard: publicAccess,
  input: z.object({}),
  run: async () => {
    const developer = await findDeveloper();
    if (developer) {
      await endSession(TENANT_ZERO, developer.sessionId, "logout", { type: "user", id: developer.userId });
    }
    await clearDashboardCookie();
    redirect("/login");
  },
});
