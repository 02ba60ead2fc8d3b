/** What the hosted pages of an App are rendered from: the App, the request that waits, who is signed in in this browser. */
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { type App, findApp } from "@/lib/apps/apps";
import { type Flash, flashCookieName, readFlash } from "@/lib/hosted/flash";
import { TENANT_ZERO } from "@/lib/ids";
import {
  type AccountPage,
  browserCookieName,
  findInteraction,
  type Interaction,
} from "@/lib/oauth/authorize/interaction";
import { restoreRequest } from "@/lib/oauth/authorize/proceed";
import type { AuthorizeRequest } from "@/lib/oauth/authorize/request";
import { findHostedSession, type HostedSession, sessionCookieName } from "@/lib/sessions/cookie";

export async function requireApp(appId: string): Promise<App> {
  // Developers sign in at the dashboard, not here.
  const app = appId === TENANT_ZERO ? null : await findApp(appId);
  return app ?? notFound();
}

export interface Screen {
  app: App;
  interaction: Interaction;
  /** null when the user came for their own account page. */
  request: AuthorizeRequest | null;
  session: HostedSession | null;
}

/** For sign-in, sign-up, select-account and consent. null: the interaction has ended, and the page says so. */
export async function loadScreen(
  appId: string,
  interactionId: string | undefined,
): Promise<{ app: App; screen: Screen | null }> {
  const app = await requireApp(appId);
  const jar = await cookies();
  const interaction = await findInteraction(app.id, interactionId, jar.get(browserCookieName(app.id))?.value);
  if (!interaction) return { app, screen: null };
  // The client may have been changed or deleted while the user was thinking.
  const request = interaction.clientId ? await restoreRequest(app, interaction).catch(() => null) : null;
  if (interaction.clientId && !request) return { app, screen: null };
  const session = await findHostedSession(app.id, jar.get(sessionCookieName(app.id))?.value);
  return { app, screen: { app, interaction, request, session } };
}

/** How the form went that led to this page. */
export async function loadFlash(app: App, page: string): Promise<Flash | null> {
  const flash = readFlash((await cookies()).get(flashCookieName(app.id))?.value);
  return flash?.page === `/o/${app.id}/${page}` ? flash : null;
}

/** Who is signed in in this browser, if anybody. */
export async function loadSession(app: App): Promise<HostedSession | null> {
  return findHostedSession(app.id, (await cookies()).get(sessionCookieName(app.id))?.value);
}

export interface Account {
  app: App;
  session: HostedSession;
  /** How the last form went. */
  flash: Flash | null;
}

/** For the account page: who is not signed in is sent to the sign-in and comes back. */
export async function requireAccount(appId: string, page: AccountPage): Promise<Account> {
  const app = await requireApp(appId);
  const session = await loadSession(app);
  if (!session) redirect(`/o/${app.id}/account/start`);
  return { app, session, flash: await loadFlash(app, page) };
}
