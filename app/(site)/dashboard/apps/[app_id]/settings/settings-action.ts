/** Creates an action that updates a part of an app: some settings, its name, its bot check secret. */
import { z } from "zod";
import { action, member } from "@/app/_server/action";
import { type AppChanges, updateApp } from "@/lib/apps/update";
import { revalidateApp } from "../app-paths";

/** The input of one section of the page. Its output is a part of the app's settings. */
type Part = z.ZodType<Record<string, unknown>>;

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Parses the fields of all sections. Several sections can set parts of one setting, such as `methods`. */
export function allParts(parts: Part[]) {
  return z.record(z.string(), z.string()).transform((fields, context) => {
    const settings: Record<string, unknown> = {};
    for (const part of parts) {
      const { data, error } = part.safeParse(fields);
      for (const { path, message } of error?.issues ?? []) context.addIssue({ code: "custom", path, message });
      for (const [name, value] of Object.entries(data ?? {}))
        settings[name] = isObject(value) ? { ...(settings[name] as object | undefined), ...value } : value;
    }
    return settings;
  });
}

/** `name` and `bot_check_secret` of the output are columns of the app. Everything else is a setting. */
export function settingsAction(...parts: Part[]) {
  return action({
    guard: member("admin"),
    input: allParts(parts),
    run: async ({ app, input, by }) => {
      const { name, bot_check_secret, ...settings } = input;
      await updateApp(app.id, { name, bot_check_secret, settings } as AppChanges, by);
      revalidateApp(app.id);
    },
  });
}
