/** What every page behind a mailed link begins with: the App, the link, what it is about, and how the last try went. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { cache } from "react";
import { loadFlash, requireApp } from "@/app/_server/hosted";
import type { App } from "@/lib/apps/apps";
import { isAppError } from "@/lib/errors";
import { LINK_PAGES, type LinkPurpose } from "@/lib/one-time/account-links";
import type { ScreenProps } from "./screen";

export interface OpenedLink<Found> {
  app: App;
  token: string;
  found: Found;
  /** Field → what was wrong with it. */
  fields: Record<string, string>;
}

// Once per request, however often the page asks.
const findApp = cache(requireApp);

/** `look` says what a link is about. One that is not good any more is answered by its handler, with a status and the way on. */
export async function openLink<Found>(
  { params, searchParams }: ScreenProps,
  purpose: LinkPurpose,
  look: (app: App, token: string) => Promise<Found>,
): Promise<OpenedLink<Found>> {
  const app = await findApp((await params).app);
  const sent = (await searchParams).token;
  const token = typeof sent === "string" ? sent : "";
  try {
    const [found, flash] = await Promise.all([
      look(app, token),
      loadFlash(app, `${LINK_PAGES[purpose].hosted}/confirm`),
    ]);
    return { app, token, found, fields: flash?.fields ?? {} };
  } catch (error) {
    if (!isAppError(error) || error.status >= 500) throw error;
    redirect(`/o/${app.id}/${LINK_PAGES[purpose].hosted}?token=${encodeURIComponent(token)}`);
  }
}

/** A screen reader says the title first, so that an error is heard before the form is read. */
export async function linkMetadata({ params }: ScreenProps, purpose: LinkPurpose, title: string): Promise<Metadata> {
  const app = await findApp((await params).app);
  const wrong = (await loadFlash(app, `${LINK_PAGES[purpose].hosted}/confirm`))?.fields ? "Error: " : "";
  return { title: { absolute: `${wrong}${title} · ${app.name}` }, referrer: "same-origin" };
}
