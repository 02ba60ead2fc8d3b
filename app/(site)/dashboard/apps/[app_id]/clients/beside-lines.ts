/** The verbs name an entry of a list by its number; a form that takes one per line names the line. */
import { failInput, isAppError } from "@/lib/errors";

export async function besideLines<T>(lists: Record<string, string[] | undefined>, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isAppError(error) || !error.options.fields) throw error;
    const fields: Record<string, string> = {};
    for (const [name, problem] of Object.entries(error.options.fields)) {
      const [, list = "", index] = /^(\w+)\.(\d+)$/.exec(name) ?? [];
      const line = lists[list]?.[Number(index)];
      if (line === undefined) fields[name] ??= problem;
      else fields[list] ??= `“${line.slice(0, 120)}” ${problem}`;
    }
    return failInput(fields);
  }
}
