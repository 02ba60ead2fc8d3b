/** Headings of a page and their anchors, which are the same as GitHub's. */
import { lexer, type MarkedToken, type Token, type Tokens } from "marked";

export interface DocHeading {
  id: string;
  label: string;
  depth: number;
}

/** The text of a heading, a cell or a sentence without markup. */
export function plainText(tokens: Token[]): string {
  return tokens.map((token) => ("tokens" in token && token.tokens ? plainText(token.tokens) : textOf(token))).join("");
}

function textOf(token: Token): string {
  const known = token as MarkedToken;
  return "text" in known ? known.text : "";
}

/** The anchor: lower case, without punctuation, with hyphens for spaces. */
export function headingId(heading: Tokens.Heading): string {
  const words = plainText(heading.tokens).toLowerCase();
  return words.replace(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(/\s/g, "-");
}

/** The headings below the title, in order. */
export function listHeadings(markdown: string): DocHeading[] {
  return lexer(markdown)
    .filter((token): token is Tokens.Heading => token.type === "heading" && token.depth > 1)
    .map((token) => ({ id: headingId(token), label: plainText(token.tokens), depth: token.depth }));
}
