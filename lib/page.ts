/** Lists: newest first, by keyset, so the millionth page costs what the first does. */
import { z } from "zod";
import { text } from "./input";

export const MAX_PAGE_SIZE = 100;

/** The query of every list. `cursor` is the `next_cursor` of the page before. */
export const PageQuery = z.object({
  cursor: text(64)
    .regex(/^[a-z]{3,4}(_[0-9a-z]+)+$/, "must be the next_cursor of the page before")
    .optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, `must be a number from 1 to ${MAX_PAGE_SIZE}`)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= MAX_PAGE_SIZE, `must be a number from 1 to ${MAX_PAGE_SIZE}`)
    .default(20),
  q: text(200).optional(),
});

export type PageQuery = z.output<typeof PageQuery>;

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
): Page<Item> {
  const shown = rows.slice(0, limit);
  return { data: shown.map(show), next_cursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}
