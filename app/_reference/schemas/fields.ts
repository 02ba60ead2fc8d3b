/** Building blocks of response schemas. */
import { z } from "zod";

export function id(description: string, example: string) {
  return z.string().meta({ description, examples: [example] });
}

export function text(description: string, example = "…") {
  return z.string().meta({ description, examples: [example] });
}

/** RFC 3339, UTC. */
export function time(description: string, example = "2026-11-23T10:00:00.000Z") {
  return z.string().meta({ description, format: "date-time", examples: [example] });
}

export function seconds(description: string, example: number) {
  return z.int().meta({ description, examples: [example] });
}

export function page<Item extends z.ZodType>(item: Item) {
  return z.object({
    data: z.array(item),
    next_cursor: z
      .string()
      .nullable()
      .meta({ description: "Send it as `cursor` to get the next page. null on the last page.", examples: [null] }),
  });
}

/** Compile-time check that `Value` is assignable to `Shape`. */
export type Checked<Shape, Value extends Shape> = Value;
