/** A user closes their account by API. Who has no password sends no body. */
import { closeAccount } from "../account/close";
import { CloseBody } from "../account/inputs";
import { parseInput } from "../input";
import { mediaType, readJson } from "./body";
import { signedInUser } from "./guards";
import { route } from "./route";

export const closeAccountRoute = route({
  guard: signedInUser,
  status: 204,
  run: async ({ app, user, sessionId, request }) => {
    const sent = mediaType(request) === "" ? {} : (await readJson(request, { mayBeEmpty: true })).value;
    await closeAccount(app, { userId: user.id, sessionId }, parseInput(CloseBody, sent).password);
  },
});
