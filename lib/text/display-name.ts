/** Display names from user input: removes bidi controls, and finds the initial for an avatar. */

/**
 * Embeddings, overrides and isolates (UAX #9) could change the direction of the text around a name.
 */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

export function withoutBidiControls(name: string): string {
  return name.replace(BIDI_CONTROLS, "");
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The initial that is shown instead of a picture. */
export function initialOf(name: string): string {
  const visible = name.replace(/[^\p{L}\p{N}\p{So}]+/u, "");
  for (const { segment } of graphemes.segment(visible)) return segment.slice(0, 8).toLocaleUpperCase("en");
  return "·";
}
