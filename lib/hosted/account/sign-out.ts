/** The two ways to say which session ends: its refresh token, or the user's own token. */
import { failNotFound } from "../../errors";
import { mediaType, readJson } from "../../http/body";
import { appInPath, bearerToken, signedInUser } from "../../http/guards";
import { route } from "../../http/route";
import { parseInput } from "../../input";
import { revokeSession } from "../../sessions/revoke";
import { RefreshBody } from "../../signin/inputs";
import { signOutByRefreshToken } from "../../signin/refresh";

/** What was sent beside a Bearer token, which alone would do: an empty body, or one of another type, says nothing. */
async function readBody(request: Request, bearer: string | null): Promise<Record<string, unknown>> {
  if (!bearer) return (await readJson(request)).value;
  return mediaType(request) === "application/json" ? (await readJson(request, { mayBeEmpty: true })).value : {};
}

export const signOutRoute = route({
  guard: appInPath,
  status: 204,
  run: async ({ app, request, params, caller }) => {
    const bearer = bearerToken(request);
    const body = await readBody(request, bearer);
    // It says which session; the Bearer beside it may be a token that has run out, or the API key that a backend sends with every call.
    if (!bearer || "refresh_token" in body)
      return signOutByRefreshToken(app, parseInput(RefreshBody, body).refresh_token);
    const { app: own, user, sessionId } = await signedInUser({ request, params, caller });
    if (own.id !== app.id) failNotFound("The session");
    await revokeSession(app.id, sessionId, "logout", { type: "user", id: user.id });
  },
});
