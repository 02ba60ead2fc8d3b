/** Schemas for duration fields, which send `name` and `name_unit`. The output is in seconds. */
import { z } from "zod";
import { formatDuration, UNITS, type Unit } from "@/app/_ui/duration";
import { text } from "@/lib/input";

type Limits<Name extends string> = Record<Name, z.ZodNumber>;

const unit = z.enum(Object.keys(UNITS) as [Unit, ...Unit[]]);
const amount = text(12).regex(/^\s*\d+\s*$/, "must be a whole number");

function read<Name extends string>(limits: Limits<Name>, sentAmount: z.ZodType<string | undefined>) {
  const names = Object.keys(limits) as Name[];
  const shape = Object.fromEntries(
    names.flatMap((name) => [[name, sentAmount] as const, [`${name}_unit`, unit] as const]),
  );
  return z.object(shape).transform((sent, context) => {
    const seconds = names.map((name) => {
      if (sent[name] === undefined) return [name, null] as const;
      const value = Number(sent[name]) * UNITS[sent[`${name}_unit`] as Unit];
      const { minValue, maxValue } = limits[name];
      const range = `${formatDuration(minValue ?? 0)} and ${formatDuration(maxValue ?? 0)}`;
      if (!limits[name].safeParse(value).success)
        context.addIssue({ code: "custom", path: [name], message: `must be between ${range}` });
      return [name, value] as const;
    });
    return Object.fromEntries(seconds);
  });
}

export function durations<Name extends string>(limits: Limits<Name>) {
  return read(limits, amount) as unknown as z.ZodType<Record<Name, number>>;
}

/** null for an empty field. */
export function optionalDurations<Name extends string>(limits: Limits<Name>) {
  return read(limits, amount.optional()) as unknown as z.ZodType<Record<Name, number | null>>;
}
