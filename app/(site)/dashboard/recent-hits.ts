// The search results that a developer opened last, in this tab only: they can contain names of users.
import type { Hit } from "./search/hit";

const MOST = 5;

const keyOf = (developerId: string) => `foyer-recent-${developerId}`;

export function readRecent(developerId: string): Hit[] {
  try {
    const hits = JSON.parse(sessionStorage.getItem(keyOf(developerId)) ?? "[]");
    return Array.isArray(hits) ? hits : [];
  } catch {
    // Storage is blocked, or holds something else.
    return [];
  }
}

export function rememberHit(developerId: string, hit: Hit): void {
  const others = readRecent(developerId).filter(({ href }) => href !== hit.href);
  try {
    sessionStorage.setItem(keyOf(developerId), JSON.stringify([hit, ...others].slice(0, MOST)));
  } catch {
    // Without storage, the search has no recent results.
  }
}
