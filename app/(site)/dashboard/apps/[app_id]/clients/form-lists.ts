/** Lists in client forms: entries are sent as `name.0`, `name.1`, checkboxes as `name:value`. */
import { z } from "zod";
import { failInput, isAppError } from "@/lib/errors";
import { CLIENT_SHAPE } from "@/lib/oauth/clients/inputs";

export const Fields = z.record(z.string().max(200), z.string().max(20_000));
type Sent = z.output<typeof Fields>;

export interface FormList {
  values: string[];
  /** The number in each value's field name. Empty entries are left out. */
  numbers: number[];
}

const LIST_NAMES = ["redirect_uris", "post_logout_redirect_uris", "contacts", "default_acr_values"] as const;
type ListName = (typeof LIST_NAMES)[number];

/** The lists of the settings form. */
export type FormLists = Record<ListName, FormList>;

export function readFormLists(sent: Sent, context: z.RefinementCtx): FormLists {
  return Object.fromEntries(LIST_NAMES.map((name) => [name, readFormList(sent, name, context)])) as FormLists;
}

export function valuesOf(lists: FormLists): Record<ListName, string[]> {
  return Object.fromEntries(LIST_NAMES.map((name) => [name, lists[name].values])) as Record<ListName, string[]>;
}

export function readFormList(sent: Sent, name: ListName, context: z.RefinementCtx): FormList {
  const filled = Object.entries(sent)
    .map(([field, value]) => ({
      number: Number(new RegExp(`^${name}\\.(\\d{1,4})$`).exec(field)?.[1]),
      value: value.trim(),
    }))
    .filter(({ number, value }) => !Number.isNaN(number) && value !== "")
    .sort((one, other) => one.number - other.number);
  const entries = { values: filled.map(({ value }) => value), numbers: filled.map(({ number }) => number) };
  for (const { path, message } of CLIENT_SHAPE[name].safeParse(entries.values).error?.issues ?? [])
    context.addIssue({ code: "custom", path: [fieldOf(name, entries, path[0])], message });
  return entries;
}

function fieldOf(name: string, { numbers }: FormList, index: unknown): string {
  return typeof index === "number" ? `${name}.${numbers[index]}` : name;
}

export function readChecked(sent: Sent, name: string): string[] {
  return Object.keys(sent).flatMap((field) => (field.startsWith(`${name}:`) ? [field.slice(name.length + 1)] : []));
}

/**
 * Converts the index of an invalid entry in an error to the number of its field in the form. An error
 * inside of a value, such as a key of a key set, is shown at the value's field.
 */
export async function withListErrors<T>(lists: Partial<Record<ListName, FormList>>, operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (error) {
    if (!isAppError(error) || !error.options.fields) throw error;
    const fields = Object.entries(error.options.fields).map(([field, problem]) => {
      const [, name = "", index] = /^(\w+)\.(\d+)$/.exec(field) ?? [];
      const entries = lists[name as ListName];
      if (entries) return [fieldOf(name, entries, Number(index)), problem];
      const [root = field, ...path] = field.split(".");
      return path.length > 0 ? [root, `${path.join(".")} ${problem}`] : [root, problem];
    });
    return failInput(Object.fromEntries(fields));
  }
}
