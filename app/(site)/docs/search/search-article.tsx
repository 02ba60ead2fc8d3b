// Results of the documentation's search. The script shows the list below the search box, too.
import type { ReactNode } from "react";
import { type DocHit, searchDocs } from "./search";

export function SearchArticle({ q }: { q: string }) {
  const hits = searchDocs(q, { orAny: true });
  return (
    <article className="max-w-[44rem]">
      <h1 className="text-3xl font-medium wrap-anywhere">{q ? `Results for “${q.slice(0, 100)}”` : "Search"}</h1>
      <p className="mt-3 mb-6 text-ink-muted" data-search-count>
        {describe(q, hits.length)}
      </p>
      <Hits hits={hits} />
    </article>
  );
}

function describe(q: string, count: number): string {
  if (!q) return "Enter a word in the search field above.";
  if (count === 0) return "No page contains these words. Check the spelling, or use fewer words.";
  return count === 1 ? "1 result" : `${count} results`;
}

function Hits({ hits }: { hits: DocHit[] }) {
  if (hits.length === 0) return null;
  return (
    <ul className="grid gap-0.5" data-hits>
      {hits.map(({ href, title, page, excerpt, words }) => (
        <li key={href}>
          <a
            href={href}
            className="block rounded-md px-3 py-2 -outline-offset-2 hover:bg-surface-sunken focus-visible:bg-surface-sunken"
          >
            <span className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="font-medium">
                <Marked text={title} words={words} />
              </span>
              <span className="text-xs text-ink-muted">{page}</span>
            </span>
            <span className="mt-0.5 block text-sm text-ink-muted wrap-anywhere">
              <Marked text={excerpt} words={words} />
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Marked({ text, words }: { text: string; words: string[] }): ReactNode {
  if (words.length === 0) return text;
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  return text.split(new RegExp(`(${pattern})`, "giu")).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the text does not change while it is shown
      <mark key={index} className="bg-transparent font-semibold text-accent">
        {part}
      </mark>
    ) : (
      part
    ),
  );
}
