/** Data of an app's hosted pages: the app, the authorization request and the session. */
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { type App, findApp } from "@/lib/apps/apps";
import { type Flash, flashCookieName, readFlash } from "@/lib/hosted/flash";
import { TENANT_ZERO } from "@/lib/ids";
import {
  type AccountPage,
  findInteraction,
  type Interaction,
  readBrowserSecret,
} from "@/lib/oauth/authorize/interaction";
import { restoreRequest } from "@/lib/oauth/authorize/proceed";
import { type AuthorizeRequest, isRejected, type Recipient } from "@/lib/oauth/authorize/request";
import type { Client } from "@/lib/oauth/clients/client";
import { findKnownDevice, type KnownDevice } from "@/lib/oauth/device/device-codes";
import { findHostedSession, type HostedSession, readSessionCookie } from "@/lib/sessions/cookie";
import { findPending, type Pending } from "@/lib/signin/pending";

export async function requireApp(appId: string): Promise<App> {
  // Developers sign in to the dashboard, not on hosted pages.
  const app = appId === TENANT_ZERO ? null : await findApp(appId);
  return app ?? notFound();
}

type Jar = Awaited<ReturnType<typeof cookies>>;

function readFrom(jar: Jar) {
  return (name: string) => jar.get(name)?.value;
}

export interface Screen {
  app: App;
  interaction: Interaction;
  /** null when the user signs in for the account page, or if the request is invalid. */
  request: AuthorizeRequest | null;
  /** Where the response goes; null for the account page and for a device. */
  recipient: Recipient | null;
  /** The device whose code the user entered. null if it no longer waits for an answer. */
  device: KnownDevice | null;
  /** The client that the user signs in for, if any. */
  client: Client | null;
  session: HostedSession | null;
}

/** For sign-in, sign-up, select-account and consent. null: the interaction is over. */
export async function loadScreen(
  appId: string,
  interactionId: string | undefined,
): Promise<{ app: App; screen: Screen | null }> {
  const app = await requireApp(appId);
  const jar = await cookies();
  const interaction = await findInteraction(app.id, interactionId, readBrowserSecret(app.id, readFrom(jar)));
  if (!interaction) return { app, screen: null };
  // The client may have been changed or deleted since the request began.
  const asked = interaction.clientId ? await restoreRequest(app, interaction).catch(() => null) : null;
  if (interaction.clientId && !asked) return { app, screen: null };
  const request = asked && !isRejected(asked) ? asked : null;
  const recipient = asked && isRejected(asked) ? asked.recipient : asked;
  const device = interaction.userCode ? await findKnownDevice(app.id, interaction.userCode) : null;
  const session = await findHostedSession(app.id, readSessionCookie(app.id, readFrom(jar)));
  const client = recipient?.client ?? device?.client ?? null;
  return { app, screen: { app, interaction, request, recipient, device, client, session } };
}

/** For the second factor. null: the sign-in was completed, has expired, or belongs to another browser. */
export async function loadPending(
  appId: string,
  id: string | undefined,
): Promise<{ app: App; pending: Pending | null; flash: Flash | null }> {
  // Developers confirm their sign-in here too.
  const app = (await findApp(appId)) ?? notFound();
  const browser = readBrowserSecret(app.id, readFrom(await cookies()));
  const [pending, flash] = await Promise.all([
    id ? findPending(app, { id, browser }) : null,
    loadFlash(app, "second-factor"),
  ]);
  return { app, pending, flash };
}

/** The authorization request that a pending sign-in or a step-up continues, if it is one. */
export async function loadRequestOf(app: App, { browser }: Pending): Promise<AuthorizeRequest | null> {
  if (browser?.goal.type !== "interaction") return null;
  const secret = readBrowserSecret(app.id, readFrom(await cookies()));
  const interaction = await findInteraction(app.id, browser.goal.id, secret);
  if (!interaction?.clientId) return null;
  const asked = await restoreRequest(app, interaction).catch(() => null);
  return asked && !isRejected(asked) ? asked : null;
}

/** The outcome of the form that redirected to this page. */
export async function loadFlash(app: App, page: string): Promise<Flash | null> {
  const flash = readFlash((await cookies()).get(flashCookieName(app.id))?.value);
  return flash?.page === `/o/${app.id}/${page}` ? flash : null;
}

/** The session of this browser, if the user is signed in. */
export async function loadSession(app: App): Promise<HostedSession | null> {
  return findHostedSession(app.id, readSessionCookie(app.id, readFrom(await cookies())));
}

export interface Account {
  app: App;
  session: HostedSession;
  /** The outcome of the last form. */
  flash: Flash | null;
}

/** For the account page: redirects to the sign-in page, which returns here. */
export async function requireAccount(appId: string, page: AccountPage): Promise<Account> {
  const app = await requireApp(appId);
  const session = await loadSession(app);
  if (!session) redirect(`/o/${app.id}/account/start`);
  return { app, session, flash: await loadFlash(app, page) };
}
