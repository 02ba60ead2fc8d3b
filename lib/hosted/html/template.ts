/** HTML as text: everything that is not ours is escaped. */
import { withoutBidiControls } from "../../text/display-name";

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** HTML that is safe as it stands. */
export class Html {
  constructor(readonly text: string) {}
}

/** A template whose values are escaped unless they are Html themselves. */
export function html(
  strings: TemplateStringsArray,
  ...values: (string | Html | Html[] | null | undefined | false)[]
): Html {
  const parts = values.map((value) => {
    if (value instanceof Html) return value.text;
    if (Array.isArray(value)) return value.map((item) => item.text).join("");
    return value ? escapeHtml(value) : "";
  });
  return new Html(strings.reduce((text, part, index) => text + part + (parts[index] ?? ""), ""));
}

/** A name that somebody chose freely, which turns nothing round that stands beside it. */
export function givenName(name: string): Html {
  return html`<bdi dir="auto">${withoutBidiControls(name)}</bdi>`;
}
