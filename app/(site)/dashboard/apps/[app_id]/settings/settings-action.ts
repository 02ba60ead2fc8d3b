/** Creates an action that updates a part of an app's settings. */
import type { z } from "zod";
import { action, member } from "@/app/_server/action";
import { updateApp } from "@/lib/apps/update";
import { revalidateApp } from "../app-paths";

export function settingsAction<Part extends z.ZodType<Record<string, unknown>>>(part: Part) {
  return action({
    guard: member("admin"),
    input: part,
    run: async ({ app, input, by }) => {
      await updateApp(app.id, { settings: input as Record<string, unknown> }, by);
      revalidateApp(app.id);
    },
  });
}
