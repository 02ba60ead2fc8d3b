"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { action, publicAccess } from "@/app/_server/action";
import { signOutDeveloper } from "@/app/_server/sign-out";

/** Without a guard: an expired session only redirects to the sign-in page. */
export const signOutAction = action({
  guard: publicAccess,
  input: z.object({}),
  run: async () => {
    await signOutDeveloper();
    redirect("/login");
  },
});
