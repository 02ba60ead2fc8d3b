/** Opens the page of a link that was emailed to a developer. */
import { redirect } from "next/navigation";
import { type App, getApp } from "@/lib/apps/apps";
import { isAppError } from "@/lib/errors";
import { TENANT_ZERO } from "@/lib/ids";
import { LINK_PAGES, type LinkPurpose } from "@/lib/one-time/account-links";

export interface LinkPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** `look` reads the link. An invalid link redirects to its route handler, which says why. */
export async function openDeveloperLink<Found>(
  { searchParams }: LinkPageProps,
  purpose: LinkPurpose,
  look: (app: App, token: string) => Promise<Found>,
): Promise<{ foyer: App; token: string; found: Found }> {
  const sent = (await searchParams).token;
  const token = typeof sent === "string" ? sent : "";
  const foyer = await getApp(TENANT_ZERO);
  try {
    return { foyer, token, found: await look(foyer, token) };
  } catch (error) {
    if (!isAppError(error) || error.status >= 500) throw error;
    redirect(`/${LINK_PAGES[purpose].dashboard}?token=${encodeURIComponent(token)}`);
  }
}
