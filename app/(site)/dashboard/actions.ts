"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { action, publicAccess } from "@/app/_server/action";
import { clearDashboardCookie, findDeveloper } from "@/app/_server/dashboard-session";
import { TENANT_ZERO } from "@/lib/ids";
import { revokeSession } from "@/lib/sessions/revoke";

/** Without a guard: an expired session only redirects to the sign-in page. */
export const signOutAction = action({
  guard: publicAccess,
  input: z.object({}),
  run: async () => {
    const developer = await findDeveloper();
    if (developer) {
      await revokeSession(TENANT_ZERO, {
        sessionId: developer.sessionId,
        reason: "logout",
        by: { type: "user", id: developer.userId },
      });
    }
    await clearDashboardCookie();
    redirect("/login");
  },
});
