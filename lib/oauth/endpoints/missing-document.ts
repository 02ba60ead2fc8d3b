/**
 * 404 for paths that exist per app only: well-known documents, and pages of django-oauth-toolkit. Each
 * app is an issuer of its own, so clients that were configured with Foyer's origin look for the
 * metadata at the wrong place.
 */
import { env } from "../../env";
import { AppError } from "../../errors";
import { problemPage } from "../../hosted/problem-page";
import { prefersHtml } from "../../http/accept";
import { ANY_ORIGIN } from "../../http/cors";
import { type Handler, handler } from "../../http/handler";
import { errorResponse } from "../../http/respond";

/** @param describe says where to look instead, from the issuer's pattern */
function missing(title: string, describe: (issuer: string) => string): Handler {
  return handler(
    async () => {
      throw new AppError(404, "not_found", describe(`${env().PUBLIC_URL}/o/{app_id}`), { headers: ANY_ORIGIN });
    },
    (error, { request, caller: { requestId } }) =>
      prefersHtml(request) ? problemPage(error, { app: null, title, requestId }) : errorResponse(error, requestId),
  );
}

export const missingDocument = missing(
  "Document not found",
  (issuer) =>
    `There is no such document here. Each app is an issuer of its own: configure the client with ${issuer}, whose metadata is at ${issuer}/.well-known/openid-configuration.`,
);

export const missingAuthorizedTokens = missing(
  "Page not found",
  (issuer) =>
    `There is no such page here. Each app has its own: users see and disconnect their applications at ${issuer}/account.`,
);
