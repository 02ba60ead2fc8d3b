/** The page of the dashboard that a sign-in returns to. */
import { headers } from "next/headers";

const PAGES = /^\/(?:dashboard(?:\/[\w\-/]*)?|invitations\/[\w-]+)(?:\?[^#\s\\]*)?$/;
const MAX_LENGTH = 2000;

/** Only a page of the dashboard or a team invitation, with its query; never another site. */
export function safeNext(next: unknown): string {
  return typeof next === "string" && next.length <= MAX_LENGTH && PAGES.test(next) ? next : "/dashboard";
}

/** The path of a page that keeps where the sign-in returns to. */
export function withNext(path: string, next: string): string {
  if (next === "/dashboard") return path;
  return `${path}${path.includes("?") ? "&" : "?"}next=${encodeURIComponent(next)}`;
}

/** The path and query of the current page, as proxy.ts passes them. `fallback`: under another server. */
export async function currentPath(fallback: string): Promise<string> {
  return (await headers()).get("x-page-path") ?? fallback;
}
