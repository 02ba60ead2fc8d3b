/** The forms of the account page about accounts elsewhere: one more, one less. */

import { toAppError } from "../../http/respond";
import { screenUrl, sessionOf } from "../../oauth/endpoints/authorize";
import { getConnection } from "../../social/connections";
import { unlinkIdentity } from "../../social/identities";
import { redirect } from "../client-response";
import { redirectToTell } from "../flash";
import { formRoute } from "../form-route";
import { requireEnabled, sendToProvider } from "../social/start";
import { accountForm, bySelf } from "./account-form";

export const linkForm = formRoute(async ({ app, form, request }) => {
  const session = await sessionOf(request, app);
  if (!session) return redirect(`/o/${app.id}/account/start`);
  try {
    const connection = await getConnection(app.id, form.get("connection") ?? "");
    requireEnabled(connection);
    return await sendToProvider(request, app, connection, { goal: { type: "link" }, userId: session.userId });
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.status >= 500) throw error;
    return redirectToTell(app, screenUrl(app, "account"), { ok: false, message: error.description });
  }
});

export const unlinkForm = accountForm(
  "The account is no longer linked; nobody can sign in with it here.",
  async ({ app, form, session }) => {
    await unlinkIdentity(app, session.userId, form.get("identity") ?? "", bySelf(session));
  },
);
