// The same request in several languages. Radio buttons choose one without a script; the script remembers it.
import { CopyButton } from "@/app/_ui/copy-button";
import { Highlighted } from "./highlight";

export const LANGUAGES = [
  { name: "curl", label: "curl", grammar: "bash" },
  { name: "typescript", label: "TypeScript", grammar: "typescript" },
  { name: "python", label: "Python", grammar: "python" },
  { name: "go", label: "Go", grammar: "go" },
] as const;

export type Language = (typeof LANGUAGES)[number]["name"];

/** Whole class names, because Tailwind reads them from the source. */
const SHOWN: Record<Language, string> = {
  curl: "group-has-[[value=curl]:checked]/languages:block",
  typescript: "group-has-[[value=typescript]:checked]/languages:block",
  python: "group-has-[[value=python]:checked]/languages:block",
  go: "group-has-[[value=go]:checked]/languages:block",
};

interface TabsProps {
  /** Unique on the page. */
  id: string;
  title: string;
  code: Record<Language, string>;
}

export function LanguageTabs({ id, title, code }: TabsProps) {
  return (
    <figure
      data-languages
      className="group/languages overflow-hidden rounded-md border border-line bg-surface-raised shadow-sm"
    >
      <figcaption className="flex items-center justify-between gap-2 border-b border-line py-1 pr-1.5 pl-2">
        <fieldset className="flex flex-wrap">
          <legend className="sr-only">Language of {title}</legend>
          {LANGUAGES.map(({ name, label }) => (
            <label
              key={name}
              className="cursor-pointer rounded-sm px-2 py-1 text-sm font-medium text-ink-muted hover:text-ink has-checked:bg-surface-sunken has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-focus"
            >
              <input type="radio" name={id} value={name} defaultChecked={name === "curl"} className="sr-only" />
              {label}
            </label>
          ))}
        </fieldset>
        <CopyButton text="" what={title} />
      </figcaption>
      {LANGUAGES.map(({ name, label, grammar }) => (
        <section
          key={name}
          data-language={name}
          aria-label={`${title}, ${label}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
          tabIndex={0}
          className={`hidden overflow-x-auto px-4 py-3 -outline-offset-2 ${SHOWN[name]}`}
        >
          <pre className="font-mono text-[0.8125rem]/[1.375rem]">
            <code>
              <Highlighted code={code[name]} language={grammar} />
            </code>
          </pre>
        </section>
      ))}
    </figure>
  );
}
