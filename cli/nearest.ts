/** The known word that a mistyped one probably means. */

import { editDistance } from "@/lib/text/edit-distance";

/** The candidate that differs from `word` in the fewest letters, at most a third of them. */
export function nearest(word: string, candidates: string[]): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const ranked = candidates.map((candidate) => ({ candidate, apart: editDistance(word, candidate) }));
  ranked.sort((a, b) => a.apart - b.apart);
  return ranked[0] && ranked[0].apart <= limit ? ranked[0].candidate : undefined;
}
