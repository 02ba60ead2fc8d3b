"use server";

import { z } from "zod";
import { action, member } from "@/app/_server/action";
import { createApiKey, KEY_NAME_LENGTH, revokeApiKey } from "@/lib/apps/api-keys";
import { text } from "@/lib/input";
import { revalidateApp } from "../app-paths";

export const createKeyAction = action({
  guard: member("admin"),
  input: z.object({ name: text(KEY_NAME_LENGTH).trim().min(1, "must not be empty") }),
  run: async ({ app, input, by }) => {
    const { api_key } = await createApiKey(app.id, input.name, by);
    revalidateApp(app.id);
    return { name: input.name, apiKey: api_key };
  },
});

export const revokeKeyAction = action({
  guard: member("admin"),
  input: z.object({ key_id: text(64) }),
  run: async ({ app, input, by }) => {
    await revokeApiKey(app.id, input.key_id, by);
    revalidateApp(app.id);
  },
});
