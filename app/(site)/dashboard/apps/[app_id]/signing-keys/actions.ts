"use server";

import { z } from "zod";
import { action, member } from "@/app/_edge/action";
import { rotateSigningKey } from "@/lib/apps/key-rotation";
import { SIGNING_ALGS } from "@/lib/apps/signing-keys";
import { revalidateApp } from "../app-paths";

export const rotateSigningKeyAction = action({
  guard: member("admin"),
  input: z.object({ alg: z.enum(SIGNING_ALGS) }),
  run: async ({ app, input, by }) => {
    await rotateSigningKey(app.id, input.alg, by);
    revalidateApp(app.id);
  },
});
