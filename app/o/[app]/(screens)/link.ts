/** Opens the page of an emailed link: reads the App, the link, and the result of the last attempt. */
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

// Cached per request.
const findApp = cache(requireApp);

/** `look` reads the link. An invalid link redirects to its route handler, which explains the problem. */
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

/** An error is part of the title, because a screen reader reads the title first. */
export async function linkMetadata({ params }: ScreenProps, purpose: LinkPurpose, title: string): Promise<Metadata> {
  const app = await findApp((await params).app);
  const wrong = (await loadFlash(app, `${LINK_PAGES[purpose].hosted}/confirm`))?.fields ? "Error: " : "";
  return { title: { absolute: `${wrong}${title} · ${app.name}` }, referrer: "same-origin" };
}
