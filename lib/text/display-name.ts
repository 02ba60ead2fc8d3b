/** A name that somebody chose freely, made fit to stand among our own words. Pure. */

/**
 * Embeddings, overrides and isolates (UAX #9): the direction of a name is seen from its letters.
 */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

export function withoutBidiControls(name: string): string {
  return name.replace(BIDI_CONTROLS, "");
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** What stands for a name where there is no picture. */
export function initialOf(name: string): string {
  const visible = name.replace(/[^\p{L}\p{N}\p{So}]+/u, "");
  for (const { segment } of graphemes.segment(visible)) return segment.slice(0, 8).toLocaleUpperCase("en");
  return "·";
}
