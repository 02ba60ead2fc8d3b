/**
 * Starts a social sign-in from an App's own page: `GET /api/auth/{connection}/{app_id}`. A browser
 * is redirected to the provider; a program gets the URL to open in the browser.
 */

import { z } from "zod";
import type { App } from "../../apps/apps";
import { ANONYMOUS_USER, recordRejection } from "../../audit/events";
import { env } from "../../env";
import { failInput, isAppError } from "../../errors";
import { prefersJson } from "../../http/accept";
import type { HttpRequest } from "../../http/request";
import { text } from "../../input";
import { returnTo } from "../../signin/delivery";
import type { Connection } from "../../social/connections";
import { requireReturnUrl } from "../../social/return-urls";
import { respondToApp } from "../client-response";
import { redirectToProvider, requireEnabled } from "./provider-redirect";

export const StartQuery = z.object({
  redirect_uri: text(2000).optional().meta({
    description: "The return URL: exactly one of the connection's or the app's. Default: the connection's first one.",
  }),
  state: text(2000, 0).optional().meta({ description: "Your own value; it is returned unchanged." }),
});

interface StartInput {
  app: App;
  connection: Connection;
  request: HttpRequest;
  query: z.output<typeof StartQuery>;
}

async function recordUnregistered(app: App, connection: Connection, sent: string): Promise<void> {
  await recordRejection(app.id, {
    type: "social.failed",
    actor: ANONYMOUS_USER,
    target: { type: "connection", id: connection.connection },
    reason: "redirect_uri_not_registered",
    explanation: {
      connection: connection.connection,
      description: "redirect_uri is not one of the app's return URLs.",
      sent: sent.slice(0, 500),
      registered: [...connection.redirect_uris, ...app.settings.return_urls].slice(0, 20),
      section: "RFC 9700 §2.1",
      remedy: "Add the URL, exactly as it was sent, to the connection or to the app's return URLs.",
    },
  });
}

async function getReturnUrl(app: App, connection: Connection, requested: string | undefined): Promise<string> {
  const [first] = [...connection.redirect_uris, ...app.settings.return_urls];
  if (requested === undefined) return first ?? failInput({ redirect_uri: "is missing, and the app has no return URL" });
  return requireReturnUrl(app, requested).catch(async (error) => {
    await recordUnregistered(app, connection, requested);
    throw error;
  });
}

function startUrl(app: App, connection: Connection, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${env().PUBLIC_URL}/api/auth/${connection.connection}/${app.id}?${new URLSearchParams(given)}`;
}

/** For the error page: programs get JSON. */
export function acceptsNoPage(request: HttpRequest): boolean {
  return !(request.headers.get("accept") ?? "").includes("text/html");
}

export async function startSocialSignIn({ app, connection, request, query }: StartInput) {
  requireEnabled(connection);
  const { state } = query;
  const redirectUri = await getReturnUrl(app, connection, query.redirect_uri);
  if (prefersJson(request)) return { url: startUrl(app, connection, query) };
  const goal = { type: "return", redirectUri, state } as const;
  return redirectToProvider(request, app, connection, { goal }, 302).catch((thrown) => {
    // The provider's metadata can't be read. The App shows the error in its own way.
    if (!isAppError(thrown) || !thrown.code.startsWith("provider_")) throw thrown;
    const parameters = { error: thrown.code, error_description: thrown.description };
    return respondToApp(returnTo({ redirectUri, state, delivery: connection.delivery }, parameters), 302);
  });
}
