import { deleteAccount } from "@/lib/account/delete-account";
import { DeleteAccountBody } from "@/lib/account/inputs";
import { signedInUser, tokenHolder } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const GET = route({ guard: tokenHolder, run: async ({ self }) => self });

/** Deletes the account. A user without a password may send no body. */
export const DELETE = route({
  guard: signedInUser,
  body: DeleteAccountBody,
  bodyOptional: true,
  status: 204,
  run: ({ app, user, sessionId, body }) => deleteAccount(app, { userId: user.id, sessionId }, body.password),
});
