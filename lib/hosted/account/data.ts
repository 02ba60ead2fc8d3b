/** Forms of the account page: downloading the user's data, and deleting the account. */
import { deleteAccount } from "../../account/delete-account";
import { exportAccount } from "../../account/export";
import { DeleteAccountBody } from "../../account/inputs";
import { fail } from "../../errors";
import { redirect } from "../../http/respond";
import { parseInput } from "../../input";
import { pageUrl } from "../page-urls";
import { removeSessionCookies } from "../session";
import type { AccountInput } from "./account-form";

/** A POST, so that another site cannot make the browser download it. */
export async function submitExport({ app, session }: AccountInput): Promise<Response> {
  const text = JSON.stringify(await exportAccount(app, session.userId), null, 2);
  return new Response(text, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="${app.id}-${session.userId}.json"`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/** `user` is who the page was shown to. */
export async function submitDeletion({ app, form, request, session }: AccountInput): Promise<Response> {
  if ((form.get("user") ?? session.userId) !== session.userId)
    fail(400, "invalid_request", "Another user has signed in since. Check the account, then try again.");
  const { password } = parseInput(DeleteAccountBody, { password: form.get("password") || undefined });
  await deleteAccount(app, { userId: session.userId, sessionId: session.id }, password);
  return redirect(pageUrl(app, "done/closed"), removeSessionCookies(request, app));
}
