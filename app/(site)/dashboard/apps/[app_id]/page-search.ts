/** Search text and page of a list, from the URL: the parameters `q` and `cursor`. */
import { PageQuery } from "@/lib/database/pagination";

const PAGE_SIZE = "25";

type Sent = Record<string, string | string[] | undefined>;

/** Ignores invalid parameters. */
export function readPageQuery({ q, cursor }: Sent): PageQuery {
  const parsed = PageQuery.safeParse({ q: q || undefined, cursor: cursor || undefined, limit: PAGE_SIZE });
  return parsed.success ? parsed.data : PageQuery.parse({ limit: PAGE_SIZE });
}

/** Links to the first and the next page of a list. */
export function pageLinks(
  path: string,
  query: PageQuery,
  next: string | null,
  filters: Record<string, string | undefined> = {},
) {
  const urlOf = (cursor?: string) => {
    const sent = Object.entries({ q: query.q, ...filters, cursor }).filter(([, value]) => value);
    const search = new URLSearchParams(sent as [string, string][]);
    return search.size > 0 ? `${path}?${search}` : path;
  };
  return { first: query.cursor && urlOf(), next: next ? urlOf(next) : undefined };
}
