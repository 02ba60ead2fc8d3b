import { failNotFound } from "@/lib/errors";
import { mediaType, readJson } from "@/lib/http/body";
import { appInPath, bearerToken, signedInUser } from "@/lib/http/guards";
import type { HttpRequest } from "@/lib/http/request";
import { route } from "@/lib/http/route";
import { parseKnownInput } from "@/lib/input";
import { revokeSession } from "@/lib/sessions/revoke";
import { RefreshBody } from "@/lib/signin/inputs";
import { signOutByRefreshToken } from "@/lib/signin/refresh";

/** Next to a Bearer token, which is enough, an empty body or one of another type is ignored. */
async function readBody(request: HttpRequest, bearer: string | null): Promise<Record<string, unknown>> {
  if (!bearer) return (await readJson(request)).value;
  return mediaType(request) === "application/json" ? (await readJson(request, { mayBeEmpty: true })).value : {};
}

/** Signs out the session of the refresh token in the body, or of the user's Bearer token. */
export const POST = route({
  guard: appInPath,
  readsItself: ["body"],
  status: 204,
  run: async ({ app, request, params, caller }) => {
    const bearer = bearerToken(request);
    const body = await readBody(request, bearer);
    const { refresh_token } = parseKnownInput(bearer ? RefreshBody.partial() : RefreshBody, body);
    // The refresh token decides: the Bearer token may be an expired one, or the backend's API key.
    if (refresh_token !== undefined) return signOutByRefreshToken(app, refresh_token);
    const { app: ownApp, user, sessionId } = await signedInUser({ request, params, caller });
    if (ownApp.id !== app.id) failNotFound("The session");
    await revokeSession(app.id, { sessionId, reason: "logout", by: { type: "user", id: user.id } });
  },
});
