/** Display names from user input: removes bidi controls, and finds the initial for an avatar. */

/**
 * Embeddings, overrides and isolates (UAX #9) could change the direction of the text around a name.
 */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

export function withoutBidiControls(name: string): string {
  return name.replace(BIDI_CONTROLS, "");
}

/** Marks that say that something was checked. */
const CHECK_MARKS = /[\u2611\u2705\u2713\u2714\u237b\u{1f5f8}\u{1f5f9}\u{10102}]\p{M}*/gu;

/** Zero-width joiners stay: some scripts need them. */
const INVISIBLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

/**
 * A name that a stranger chose, for a page that asks for trust: in one line, without invisible
 * characters and check marks. Empty if nothing is left to see.
 */
export function plainName(name: string): string {
  const plain = name.replace(CHECK_MARKS, "").replace(/\s+/g, " ").replace(INVISIBLE, "").trim();
  return /[\p{L}\p{N}\p{S}\p{P}]/u.test(plain) ? plain : "";
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The initial that is shown instead of a picture. */
export function initialOf(name: string): string {
  const visible = name.replace(/[^\p{L}\p{N}\p{So}]+/u, "");
  for (const { segment } of graphemes.segment(visible)) return segment.slice(0, 8).toLocaleUpperCase("en");
  return "·";
}
