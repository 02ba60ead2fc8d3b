/** Errors about fields of the API, in the words of the command line: `--redirect-uri`, not `redirect_uris.0`. */
import type { AppError } from "@/lib/errors";
import type { Command, Flag, Flags } from "./command";

/** The fields that a flag sets: its own name, or its plural if it may be repeated. */
function fieldsOf(name: string, flag: Flag): string[] {
  const field = name.replaceAll("-", "_");
  return flag.field ? [flag.field] : [field, `${field}s`];
}

/** The flag that set the field at `path`, with the part of the path behind it. */
function findFlag(command: Command, path: string): { name: string; rest: string } | undefined {
  const flags = Object.entries(command.flags);
  for (const [name, flag] of flags) {
    const field = fieldsOf(name, flag).find((candidate) => path === candidate || path.startsWith(`${candidate}.`));
    if (field) return { name, rest: path.slice(field.length + 1) };
  }
  const other = flags.find(([, { field }]) => field === "*");
  return other && { name: other[0], rest: path };
}

/** `--redirect-uri https://…` for `redirect_uris.1`, `--setting delivery` for `delivery`. */
function shown(command: Command, flags: Flags, path: string): string {
  const found = findFlag(command, path.replace(/^settings\./, ""));
  if (!found) return path;
  const { name, rest } = found;
  const values = flags.list(name).flatMap((value) => (command.flags[name]?.words ? value.split(/[\s,]+/) : [value]));
  const detail = /^\d+$/.test(rest) ? values[Number(rest)] : rest;
  return detail ? `--${name} ${detail}` : `--${name}`;
}

/** One line per problem. An error without fields keeps its own text. */
export function inFlags({ description, options }: AppError, command: Command, flags: Flags): string {
  if (!options.fields) return description;
  return Object.entries(options.fields)
    .map(([path, problem]) => `${shown(command, flags, path)} ${problem.replace(/\.?$/, ".")}`)
    .join("\n");
}
