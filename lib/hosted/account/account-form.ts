/** A form of the account page: it acts for whoever is signed in, and on nobody else. */

import type { Handler } from "../../http/handler";
import type { AccountPage } from "../../oauth/authorize/interaction";
import { screenUrl, sessionOf } from "../../oauth/endpoints/authorize";
import type { HostedSession } from "../../sessions/cookie";
import { redirect } from "../client-response";
import { redirectWithFlash } from "../flash";
import { type FormInput, formRoute } from "../form-route";

export interface AccountInput extends FormInput {
  session: HostedSession;
}

/** Who is not signed in is sent to the sign-in. */
export function signedInForm(run: (input: AccountInput) => Promise<Response>): Handler {
  return formRoute(async (input) => {
    const session = await sessionOf(input.request, input.app);
    return session ? run({ ...input, session }) : redirect(`/o/${input.app.id}/account/start`);
  });
}

/** Runs, then shows the page again with a sentence about how it went. */
export function accountForm(
  done: string,
  run: (input: AccountInput) => Promise<void>,
  page: AccountPage = "account",
): Handler {
  return signedInForm((input) =>
    redirectWithFlash(input, screenUrl(input.app, page), async () => {
      await run(input);
      return done;
    }),
  );
}

export function bySelf(session: HostedSession) {
  return { type: "user", id: session.userId } as const;
}
