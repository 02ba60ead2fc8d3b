/** The two ways to say which session ends: its refresh token, or the user's own token. */
import { failNotFound } from "../errors";
import { parseInput } from "../input";
import { endSession } from "../sessions/end";
import { RefreshBody } from "../signin/inputs";
import { signOutByRefreshToken } from "../signin/refresh";
import { readJson } from "./body";
import { appInPath, bearerToken, signedInUser } from "./guards";
import { route } from "./route";

export const signOutRoute = route({
  guard: appInPath,
  status: 204,
  run: async ({ app, request, params, caller }) => {
    if (!bearerToken(request)) {
      const { value } = await readJson(request);
      return signOutByRefreshToken(app, parseInput(RefreshBody, value).refresh_token);
    }
    const { app: own, user, sessionId } = await signedInUser({ request, params, caller });
    if (own.id !== app.id) failNotFound("The session");
    await endSession(app.id, sessionId, "logout", { type: "user", id: user.id });
  },
});
