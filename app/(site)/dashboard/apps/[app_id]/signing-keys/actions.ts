"use server";

import { z } from "zod";
import { action, member } from "@/app/_server/action";
import { KID, retireSigningKey } from "@/lib/apps/key-retirement";
import { rotateSigningKey } from "@/lib/apps/key-rotation";
import { SIGNING_ALGS } from "@/lib/apps/signing-keys";
import { text } from "@/lib/input";
import { revalidateApp } from "../app-paths";

export const rotateSigningKeyAction = action({
  guard: member("admin"),
  input: z.object({ alg: z.enum(SIGNING_ALGS) }),
  run: async ({ app, input, by }) => {
    await rotateSigningKey(app.id, input.alg, by);
    revalidateApp(app.id);
  },
});

export const retireSigningKeyAction = action({
  guard: member("admin"),
  input: z.object({ kid: text(43).regex(KID, "must be the ID of a key") }),
  run: async ({ app, input, by }) => {
    await retireSigningKey(app.id, input.kid, by);
    revalidateApp(app.id);
  },
});
