"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { action, publicAccess } from "@/app/_server/action";
import { findDeveloper } from "@/app/_server/dashboard-session";
import { disownEmail } from "@/lib/account/disown-email";
import { verifyEmail } from "@/lib/account/verify-email";
import { getApp } from "@/lib/apps/apps";
import { TENANT_ZERO } from "@/lib/ids";
import { LinkToken } from "@/lib/signin/inputs";

export const verifyEmailAction = action({
  guard: publicAccess,
  input: LinkToken.extend({ decision: z.enum(["mine", "not_mine"]) }),
  run: async ({ input: { token, decision } }) => {
    const foyer = await getApp(TENANT_ZERO);
    if (decision === "not_mine") {
      await disownEmail(foyer, token);
      redirect("/login?done=disowned");
    }
    await verifyEmail(foyer, token);
    redirect((await findDeveloper()) ? "/dashboard/account" : "/login?done=verified");
  },
});
