/** HTML templates that escape their values. */
import { withoutBidiControls } from "../../text/display-name";

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** HTML that is already safe. */
export class Html {
  constructor(readonly text: string) {}
}

/** A template literal. Values are escaped unless they are Html. */
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

/** A user-chosen name, isolated so that it cannot change the text direction around it. */
export function givenName(name: string): Html {
  return html`<bdi dir="auto">${withoutBidiControls(name)}</bdi>`;
}
