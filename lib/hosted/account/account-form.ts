/** A form of the account page: it acts on the account of the signed-in user. */
import type { Handler } from "../../http/handler";
import { redirect } from "../../http/respond";
import type { AccountPage } from "../../oauth/authorize/interaction";
import type { HostedSession } from "../../sessions/cookie";
import { respondWithFlash } from "../flash";
import { type FormInput, formRoute } from "../form-route";
import { pageUrl } from "../page-urls";
import { asRejected } from "../repeated-form";
import { findSession } from "../session";

export interface AccountInput extends FormInput {
  session: HostedSession;
}

/** A user who is not signed in is redirected to the sign-in page. */
export function whenSignedIn(run: (input: AccountInput) => Promise<Response>) {
  return async (input: FormInput): Promise<Response> => {
    const session = await findSession(input.request, input.app);
    return session ? run({ ...input, session }) : asRejected(redirect(pageUrl(input.app, "account/start")));
  };
}

/** Shows `page` again, with `run`'s message or error. */
export function showAgain(run: (input: AccountInput) => Promise<string | Response>, page: AccountPage) {
  return whenSignedIn((input) => respondWithFlash(input, pageUrl(input.app, page), () => run(input)));
}

export function accountForm(
  run: (input: AccountInput) => Promise<string | Response>,
  page: AccountPage = "account",
): Handler {
  return formRoute(showAgain(run, page));
}

export function actorOf(session: HostedSession) {
  return { type: "user", id: session.userId } as const;
}
