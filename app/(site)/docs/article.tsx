// A documentation page: its text, its table of contents, and links to the previous and next page.
import { ArrowLeft, ArrowRight } from "lucide-react";
import { listHeadings } from "./headings";
import { docHref } from "./hrefs";
import { Markdown } from "./markdown";
import { type DocPage, listDocPages } from "./pages";

export function DocArticle({ page }: { page: DocPage }) {
  return (
    <div className="xl:grid xl:grid-cols-[minmax(0,44rem)_13rem] xl:justify-between xl:gap-12">
      <article className="mx-auto w-full max-w-[44rem] min-w-0 xl:mx-0">
        <h1 className="text-3xl font-medium">{page.title}</h1>
        <p className="mt-3 text-lg text-ink-muted">{page.lead}</p>
        <Markdown text={page.text} />
        <PreviousNext slug={page.slug} />
      </article>
      <OnThisPage text={page.text} />
    </div>
  );
}

function OnThisPage({ text }: { text: string }) {
  const headings = listHeadings(text).filter(({ depth }) => depth === 2);
  return (
    <nav aria-label="On this page" data-spy className="sticky top-27 self-start text-sm max-xl:hidden">
      <p className="text-xs font-medium text-ink-muted">On this page</p>
      <ul className="mt-2 grid gap-1.5">
        {headings.map(({ id, label }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="rounded-sm text-ink-muted hover:text-ink aria-[current]:font-medium aria-[current]:text-ink"
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function PreviousNext({ slug }: { slug: string }) {
  const pages = listDocPages();
  const index = pages.findIndex((page) => page.slug === slug);
  const [before, after] = [pages[index - 1], pages[index + 1]];
  const linkClass =
    "flex flex-col gap-0.5 rounded-md border border-line px-4 py-3 transition-colors hover:border-line-strong hover:bg-surface-raised";
  return (
    <nav aria-label="Next and previous page" className="mt-16 grid gap-4 border-t border-line pt-8 sm:grid-cols-2">
      {before && (
        <a href={docHref(before.slug)} rel="prev" className={linkClass}>
          <span className="flex items-center gap-1.5 text-xs text-ink-muted">
            <ArrowLeft aria-hidden="true" className="size-3.5" strokeWidth={1.75} />
            Previous
          </span>
          <span className="font-medium">{before.title}</span>
        </a>
      )}
      {after && (
        <a href={docHref(after.slug)} rel="next" className={`${linkClass} sm:col-start-2 sm:text-right`}>
          <span className="flex items-center gap-1.5 text-xs text-ink-muted sm:justify-end">
            Next
            <ArrowRight aria-hidden="true" className="size-3.5" strokeWidth={1.75} />
          </span>
          <span className="font-medium">{after.title}</span>
        </a>
      )}
    </nav>
  );
}
