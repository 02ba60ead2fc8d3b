/** The forms of the page that shows new recovery codes during a sign-in. */
import type { App } from "../../apps/apps";
import { codesAsText, unsealCodes } from "../../factors/shown-codes";
import { textResponse } from "../../http/text-response";
import { failPending, type Pending } from "../../signin/pending";
import { finishSecondFactor, referenceOf } from "./finish";
import type { PendingInput } from "./form";

export function recoveryCodesUrl(app: App, pendingId: string): string {
  return `/o/${app.id}/second-factor/recovery-codes?sign_in=${pendingId}`;
}

/** The codes that the user must save before the sign-in continues. */
export function codesOf(app: App, { user, recoveryCodes }: Pending): string[] | null {
  return recoveryCodes === undefined ? null : unsealCodes(app.id, user.id, recoveryCodes);
}

export function codesFile(app: App, account: string | null, codes: string[]): Response {
  return textResponse(codesAsText(app.name, account, codes), {
    status: 200,
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Disposition": `attachment; filename="recovery-codes-${app.id}.txt"`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

export async function submitCodesDownload(input: PendingInput): Promise<Response> {
  const { app, pending } = input;
  const codes = codesOf(app, pending) ?? failPending(referenceOf(input, pending.id));
  return codesFile(app, pending.user.email, codes);
}

/** The factor was proved when it was added: only then has the pending sign-in codes. */
export async function submitSavedCodes(input: PendingInput): Promise<Response> {
  const { pending } = input;
  if (pending.recoveryCodes === undefined) failPending(referenceOf(input, pending.id));
  return finishSecondFactor(input, pending, { amr: [], use: async () => true });
}
