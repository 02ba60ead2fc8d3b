import { z } from "zod";
import { member } from "@/app/_server/dashboard-guard";
import { reauthenticate } from "@/lib/account/reauthenticate";
import { getApp } from "@/lib/apps/apps";
import { isAppError } from "@/lib/errors";
import { readForm } from "@/lib/http/body";
import { download } from "@/lib/http/download";
import { redirect } from "@/lib/http/respond";
import { route } from "@/lib/http/route";
import { TENANT_ZERO } from "@/lib/ids";
import { parseInput } from "@/lib/input";
import type { BrowserSession } from "@/lib/sessions/browser";
import { exportUsers } from "@/lib/users/export";
import { Password } from "@/lib/users/inputs";
import { checkbox } from "../../../on-off";
import { errorCodeOf } from "../password-error";

const Choice = z.object({
  format: z.enum(["csv", "json"]),
  hashes: checkbox,
  /** The developer's password. */
  password: Password.optional(),
});

/**
 * Requires the developer's password, since hashes can be attacked offline.
 * → the code of the error for the page, or null
 */
async function passwordError(
  { userId, sessionId }: BrowserSession,
  password: string | undefined,
): Promise<string | null> {
  try {
    await reauthenticate(await getApp(TENANT_ZERO), { userId, sessionId }, password, "password");
    return null;
  } catch (error) {
    const code = isAppError(error) ? errorCodeOf(error) : null;
    if (code) return code;
    throw error;
  }
}

/** Handler of the export page's form. */
export const POST = route({
  guard: member("admin"),
  run: async ({ app, by, role, developer, request }) => {
    const filled = [...new URLSearchParams(await readForm(request))].filter(([, value]) => value !== "");
    const { password, ...options } = parseInput(Choice, Object.fromEntries(filled));
    const problem = options.hashes && role === "owner" ? await passwordError(developer, password) : null;
    if (problem) return redirect(`/dashboard/apps/${app.id}/users/export?problem=${problem}`);
    return download(`users-${app.id}`, options.format, await exportUsers(app.id, options, { by, role }));
  },
});
