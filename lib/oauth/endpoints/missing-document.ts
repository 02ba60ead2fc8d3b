/**
 * 404 for well-known documents that don't exist. Each app is an issuer of its own, so clients that
 * were configured with Foyer's origin look for the metadata at the wrong place.
 */
import { env } from "../../env";
import { AppError } from "../../errors";
import { problemPage } from "../../hosted/problem-page";
import { prefersHtml } from "../../http/accept";
import { type Handler, handler } from "../../http/handler";
import { errorResponse } from "../../http/respond";

function missing(): AppError {
  const issuer = `${env().PUBLIC_URL}/o/{app_id}`;
  return new AppError(
    404,
    "not_found",
    `There is no such document here. Each app is an issuer of its own: configure the client with ${issuer}, whose metadata is at ${issuer}/.well-known/openid-configuration.`,
  );
}

export const missingDocument: Handler = handler(
  async () => {
    throw missing();
  },
  (error, { request, caller: { requestId } }) =>
    prefersHtml(request)
      ? problemPage(error, { app: null, title: "Document not found", requestId })
      : errorResponse(error, requestId),
);
