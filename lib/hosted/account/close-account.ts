/** A user closes their account by API. Who has no password sends no body. */
import { deleteAccount } from "../../account/delete-account";
import { DeleteAccountBody } from "../../account/inputs";
import { mediaType, readJson } from "../../http/body";
import { signedInUser } from "../../http/guards";
import { route } from "../../http/route";
import { parseInput } from "../../input";

export const closeAccountRoute = route({
  guard: signedInUser,
  status: 204,
  run: async ({ app, user, sessionId, request }) => {
    const sent = mediaType(request) === "" ? {} : (await readJson(request, { mayBeEmpty: true })).value;
    await deleteAccount(app, { userId: user.id, sessionId }, parseInput(DeleteAccountBody, sent).password);
  },
});
