/** Keyset pagination: each page costs the same, however long the list is. */
import { z } from "zod";
import { failInput } from "../errors";
import { text } from "../input";

export const MAX_PAGE_SIZE = 100;

const INVALID_CURSOR = "must be the next_cursor of the previous page";

/** Query parameters of a list endpoint with search. */
export const PageQuery = z.object({
  // An ID, or a time and an ID. The ID of a client can be the URL of its metadata document.
  cursor: text(1020)
    .regex(/^(\d{1,15}\.)?([a-z]{3,4}(_[0-9a-z]+)+|https:\/\/[\x21-\x7e]+)$/, INVALID_CURSOR)
    .describe("The `next_cursor` of the previous page.")
    .optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, `must be a number from 1 to ${MAX_PAGE_SIZE}`)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= MAX_PAGE_SIZE, `must be a number from 1 to ${MAX_PAGE_SIZE}`)
    .default(20)
    .meta({
      description: "The maximum number of items on a page.",
      override: ({ jsonSchema }: { jsonSchema: Record<string, unknown> }) => {
        // The query string contains text; the documentation shows the number that it means.
        delete jsonSchema.pattern;
        Object.assign(jsonSchema, { type: "integer", minimum: 1, maximum: MAX_PAGE_SIZE, default: 20 });
      },
    }),
  q: text(200).describe("Returns only items that match this text.").optional(),
});

export type PageQuery = z.output<typeof PageQuery>;

/** Query parameters of a list endpoint without search. */
export const ListQuery = PageQuery.omit({ q: true });
/** For objects that have a name instead of an ID. */
export const NamedListQuery = ListQuery.extend({
  cursor: text(200).describe("The `next_cursor` of the previous page.").optional(),
});

export type ListQuery = z.output<typeof ListQuery>;

export interface Page<Item> {
  data: Item[];
  /** null on the last page. */
  next_cursor: string | null;
}

/**
 * Builds a page from up to `limit + 1` rows. The extra row only shows that another page follows.
 */
export function toPage<Row extends { id: string }, Item>(
  rows: Row[],
  limit: number,
  show: (row: Row) => Item,
): Page<Item>;
export function toPage<Row, Item>(
  rows: Row[],
  limit: number,
  show: (row: Row) => Item,
  idOf: (row: Row) => string,
): Page<Item>;
export function toPage<Row, Item>(
  rows: Row[],
  limit: number,
  show: (row: Row) => Item,
  idOf = (row: Row) => (row as { id: string }).id,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { data: shown.map(show), next_cursor: last && rows.length > limit ? idOf(last) : null };
}

interface Dated {
  id: string;
  createdAt: Date;
}

/** The cursor of a list by time whose IDs don't sort by time. The row may be deleted in the meantime. */
export function timeCursor({ createdAt, id }: Dated): string {
  return `${createdAt.getTime()}.${id}`;
}

const TIME_CURSOR = /^(\d+)\.(.+)$/;

export function isTimeCursor(cursor: string | undefined): boolean {
  return cursor !== undefined && TIME_CURSOR.test(cursor);
}

/** The rows of a list, newest first, that come after the cursor. */
export function afterTimeCursor(cursor: string | undefined) {
  if (cursor === undefined) return {};
  const [, time, id = ""] = TIME_CURSOR.exec(cursor) ?? failInput({ cursor: INVALID_CURSOR });
  const createdAt = new Date(Number(time));
  // The first condition is the range of the index; the others decide within one millisecond.
  return { createdAt: { lte: createdAt }, OR: [{ createdAt: { lt: createdAt } }, { id: { lt: id } }] };
}

/** Builds a page of a short list that is already loaded, such as keys, scopes or members. */
export function slicePage<Item>(all: Item[], query: ListQuery, idOf: (item: Item) => string): Page<Item> {
  const before = query.cursor === undefined ? -1 : all.findIndex((item) => idOf(item) === query.cursor);
  if (query.cursor !== undefined && before < 0) failInput({ cursor: INVALID_CURSOR });
  const data = all.slice(before + 1, before + 1 + query.limit);
  const last = data.at(-1);
  return { data, next_cursor: last && before + 1 + query.limit < all.length ? idOf(last) : null };
}
