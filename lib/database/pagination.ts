/** Lists: newest first, by keyset, so the millionth page costs what the first does. */
import { z } from "zod";
import { failInput } from "../errors";
import { text } from "../input";

export const MAX_PAGE_SIZE = 100;

const NO_CURSOR = "must be the next_cursor of the page before";

/** The query of every list. `cursor` is the `next_cursor` of the page before. */
export const PageQuery = z.object({
  cursor: text(64)
    .regex(/^[a-z]{3,4}(_[0-9a-z]+)+$/, NO_CURSOR)
    .describe("The `next_cursor` of the page before.")
    .optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, `must be a number from 1 to ${MAX_PAGE_SIZE}`)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= MAX_PAGE_SIZE, `must be a number from 1 to ${MAX_PAGE_SIZE}`)
    .default(20)
    .meta({
      description: "How many at most.",
      override: ({ jsonSchema }: { jsonSchema: Record<string, unknown> }) => {
        // What arrives is text, what is meant a number.
        delete jsonSchema.pattern;
        Object.assign(jsonSchema, { type: "integer", minimum: 1, maximum: MAX_PAGE_SIZE, default: 20 });
      },
    }),
  q: text(200).describe("Only what matches this text.").optional(),
});

export type PageQuery = z.output<typeof PageQuery>;

/** A list without search. */
export const ListQuery = PageQuery.omit({ q: true });
/** The same of things that are known by a name instead of an id. */
export const NamedListQuery = ListQuery.extend({
  cursor: text(200).describe("The `next_cursor` of the page before.").optional(),
});

export type ListQuery = z.output<typeof ListQuery>;

export interface Page<Item> {
  data: Item[];
  /** null on the last page. */
  next_cursor: string | null;
}

/** A page from `limit + 1` rows: the one too many only tells that there is more. */
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

/** A page of a list that is short by nature and known as a whole (keys, scopes, members): what comes after the cursor. */
export function slicePage<Item>(all: Item[], query: ListQuery, idOf: (item: Item) => string): Page<Item> {
  const before = query.cursor === undefined ? -1 : all.findIndex((item) => idOf(item) === query.cursor);
  if (query.cursor !== undefined && before < 0) failInput({ cursor: NO_CURSOR });
  const data = all.slice(before + 1, before + 1 + query.limit);
  const last = data.at(-1);
  return { data, next_cursor: last && before + 1 + query.limit < all.length ? idOf(last) : null };
}
