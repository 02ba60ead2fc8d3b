"use server";

import { z } from "zod";
import { action, member } from "@/app/_server/action";
import { text } from "@/lib/input";
import { fixFinding } from "@/lib/oauth/check-up/check-up";
import { revalidateApp } from "../app-paths";

export const fixFindingAction = action({
  guard: member("admin"),
  input: z.object({ rule: text(40), client_id: text(80).optional() }),
  run: async ({ app, input: { rule, client_id }, by }) => {
    const fixed = await fixFinding(app, { rule, clientId: client_id ?? null }, by);
    revalidateApp(app.id);
    return fixed;
  },
});
