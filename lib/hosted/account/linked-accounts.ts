/** Forms of the account page: linking and unlinking accounts of sign-in providers. */
import { getConnection } from "../../social/connections";
import { unlinkIdentity } from "../../social/identities";
import { redirectToProvider, requireEnabled } from "../social/provider-redirect";
import { type AccountInput, actorOf } from "./account-form";

export async function submitLink({ app, form, request, session }: AccountInput): Promise<Response> {
  const connection = await getConnection(app.id, form.get("connection") ?? "");
  requireEnabled(connection);
  const goal = { type: "link", sessionId: session.id } as const;
  return redirectToProvider(request, app, connection, { goal, userId: session.userId });
}

export async function submitUnlink({ app, form, session }: AccountInput): Promise<string> {
  await unlinkIdentity(app, session.userId, form.get("identity") ?? "", actorOf(session));
  return "The account was unlinked. It can no longer be used to sign in.";
}
