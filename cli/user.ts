/** The user that a command concerns. */
import { getApp } from "@/lib/apps/apps";
import { resolveUserId } from "@/lib/users/search";
import type { Flag, Flags } from "./command";

export const USER_FLAG: Flag = { value: "USER", required: true, help: "the user's ID or email address" };

/** Finds the user that --app and --user name. */
export async function userOf(flags: Flags) {
  const app = await getApp(flags.text("app"));
  return { app, appId: app.id, userId: await resolveUserId(app.id, flags.text("user")) };
}
