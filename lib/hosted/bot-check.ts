/** GET /o/{app}/bot-check?page=signup: a proof of work for the forms of a page. */
import { getApp } from "../apps/apps";
import { newChallenge } from "../bot-check/altcha";
import { CHECK_PAGES, type CheckPage } from "../bot-check/forms";
import { fail, failPageNotFound } from "../errors";
import { type Handler, handler } from "../http/handler";
import { errorResponse, json, NO_STORE } from "../http/respond";
import { limitChallenges } from "../limits/bot-check";

function readPage(url: string): CheckPage {
  const asked = new URL(url, "http://localhost").searchParams.get("page");
  return (
    CHECK_PAGES.find((page) => page === asked) ??
    fail(400, "invalid_request", `page: must be ${CHECK_PAGES.join(", ")}`)
  );
}

export const getChallenge: Handler = handler(
  async ({ request, params }) => {
    const page = readPage(request.url);
    const app = await getApp(params.app ?? "");
    if (app.settings.bot_check !== "altcha") failPageNotFound();
    await limitChallenges(app.id);
    return json(await newChallenge(app.id, page), { headers: NO_STORE });
  },
  (error, { caller }) => errorResponse(error, caller.requestId),
);
