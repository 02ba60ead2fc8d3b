/** The way to a provider: from an App's own page, or from a hosted one. */
import { z } from "zod";
import type { App } from "../../apps/apps";
import { recordRejection } from "../../audit/events";
import { env } from "../../env";
import { fail, failInput, isAppError } from "../../errors";
import { prefersJson } from "../../http/accept";
import { connectionInPath } from "../../http/guards";
import type { Handler } from "../../http/handler";
import { route } from "../../http/route";
import { text } from "../../input";
import { restoreRequest } from "../../oauth/authorize/proceed";
import { returnTo } from "../../signin/delivery";
import { type Connection, getConnection } from "../../social/connections";
import { startSocial } from "../../social/flow";
import { requireReturnUrl } from "../../social/return-urls";
import type { NewState } from "../../social/state";
import { knowBrowser } from "../browser";
import { redirect, respondToApp } from "../client-response";
import { formRoute } from "../form-route";
import { interactionOf, showAgain } from "../interactions";
import { pageForBrowsers } from "../problem-page";

export function requireEnabled({ enabled, label }: Connection): void {
  if (!enabled) fail(403, "connection_disabled", `Signing in with ${label} is switched off here.`);
}

/** Sends this browser to the provider, and binds what comes back to it. */
export async function sendToProvider(
  request: Request,
  app: App,
  connection: Connection,
  given: Pick<NewState, "goal" | "userId"> & { reauthenticate?: boolean },
  status: 302 | 303 = 303,
): Promise<Response> {
  const browser = knowBrowser(request, app.id);
  const url = await startSocial(app, connection, { browserSecret: browser.secret, ...given });
  return redirect(url.href, [browser.cookie], status);
}

/** Without one, the connection's first return URL: most Apps have one only. */
async function returnUrlOf(app: App, connection: Connection, asked: string | undefined): Promise<string> {
  const [first] = [...connection.redirect_uris, ...app.settings.return_urls];
  if (asked === undefined)
    return first ?? failInput({ redirect_uri: "is missing: where should the browser come back to?" });
  return requireReturnUrl(app, asked).catch(async (error) => {
    await recordRejection(app.id, {
      type: "social.failed",
      actor: { type: "user" },
      target: { type: "connection", id: connection.connection },
      reason: "redirect_uri_not_registered",
      explanation: {
        connection: connection.connection,
        description: "The redirect_uri is none of the App's return URLs.",
        sent: asked.slice(0, 500),
        registered: [...connection.redirect_uris, ...app.settings.return_urls].slice(0, 20),
        section: "RFC 9700 §2.1",
        remedy: "Add the address to the connection, or to the App's return URLs, exactly as it is sent.",
      },
    });
    throw error;
  });
}

const StartQuery = z.object({
  redirect_uri: text(2000).optional().meta({
    description: "Where the browser comes back to: one of the connection's or the App's return URLs, exactly.",
  }),
  state: text(2000, 0).optional().meta({ description: "Your own; it comes back as it is." }),
});

function wantsPage(request: Request): boolean {
  return (request.headers.get("accept") ?? "").includes("text/html");
}

function startAddress(app: App, connection: Connection, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${env().PUBLIC_URL}/api/auth/${connection.connection}/${app.id}?${new URLSearchParams(given)}`;
}

/** `GET /api/auth/{connection}/{app_id}`: a browser goes to the provider; a program is told where to send the browser. */
export const socialStart: Handler = pageForBrowsers(
  route({
    guard: connectionInPath,
    query: StartQuery,
    run: async ({ app, connection, request, query }) => {
      requireEnabled(connection);
      const redirectUri = await returnUrlOf(app, connection, query.redirect_uri);
      if (prefersJson(request)) return { url: startAddress(app, connection, query) };
      const goal = { type: "return", redirectUri, state: query.state } as const;
      return sendToProvider(request, app, connection, { goal }, 302).catch((thrown) => {
        // The provider cannot even be asked: the App says so in its own way.
        if (!isAppError(thrown) || !thrown.code.startsWith("provider_")) throw thrown;
        const to = { redirectUri, state: query.state, delivery: connection.delivery };
        return respondToApp(returnTo(to, { error: thrown.code, error_description: thrown.description }), 302);
      });
    },
  }),
  (request) => !wantsPage(request),
);

const ANEW = ["login", "select_account"];

/** A button of the hosted sign-in. */
export const socialForm = formRoute(async (input) => {
  const { app, form, request } = input;
  const interaction = await interactionOf(input);
  const connection = await getConnection(app.id, form.get("connection") ?? "");
  const waiting = interaction.clientId === null ? null : await restoreRequest(app, interaction);
  // OIDC Core §3.1.2.1: the client wants to see a fresh sign-in, not that somebody is signed in elsewhere.
  const reauthenticate =
    waiting !== null && (waiting.maxAgeSeconds !== null || waiting.prompts.some((one) => ANEW.includes(one)));
  try {
    requireEnabled(connection);
    const goal = { type: "interaction", id: interaction.id } as const;
    return await sendToProvider(request, app, connection, { goal, reauthenticate });
  } catch (thrown) {
    return showAgain(app, interaction, "signin", form, thrown);
  }
});
