/** The help of commands, and suggestions for mistyped ones. */
import { type Command, type Flag, UsageError } from "./command";
import { nearest } from "./nearest";

export const PROGRAM = "npm run -s foyer --";

export function usageOf(command: Command): string {
  const flags = Object.entries(command.flags);
  const parts = flags
    .filter(([, { rare }]) => !rare)
    .map(([name, flag]) => (flag.required ? typed(name, flag) : `[${typed(name, flag)}]`));
  const rest = flags.some(([, { rare }]) => rare) ? `[more flags: foyer ${command.name} --help]` : "[--json]";
  return `foyer ${[command.name, command.argument?.value, ...parts, rest].filter(Boolean).join(" ")}`;
}

function typed(name: string, flag: Flag): string {
  const value = flag.bare === undefined ? flag.value : `[${flag.value}]`;
  return flag.value ? `--${name} ${value}${flag.multiple ? "…" : ""}` : `--${name}`;
}

function flagList(command: Command): string {
  const lines = Object.entries(command.flags).map(
    ([name, flag]) => `      ${typed(name, flag)}\n          ${flag.help}`,
  );
  return lines.join("\n");
}

export function helpText(commands: Command[]): string {
  const lines = commands.map((command) => `  ${usageOf(command)}\n      ${command.help}`);
  const [only, ...others] = commands;
  const flags = only && others.length === 0 ? `\n\n${flagList(only)}` : "";
  return `Usage: ${PROGRAM} <command> [--json]\n\n${lines.join("\n")}${flags}`;
}

/** Words of other command lines. A suggestion uses ours. */
const VERBS: Record<string, string> = {
  ls: "list",
  new: "create",
  add: "create",
  rm: "delete",
  remove: "delete",
  get: "show",
  edit: "update",
  set: "update",
};

/** The command that was probably meant: `app list`, `list apps` and `apps ls` are all `apps list`. */
function findSimilar(names: string[], words: string[]): string | undefined {
  const [first = "", second = ""] = words;
  const orders = [
    [first, second],
    [second, first],
  ];
  const typed = orders.flatMap(([noun = "", verb = ""]) => [`${noun} ${verb}`, `${noun} ${VERBS[verb] ?? verb}`]);
  for (const name of typed) {
    const found = nearest(name.trim(), names);
    if (found) return found;
  }
  return undefined;
}

/** @throws UsageError for words that are no command */
export function failUnknownCommand(commands: Command[], words: string[]): never {
  const names = commands.map(({ name }) => name);
  const [noun] = words;
  const ofNoun = commands.filter(({ name }) => name.split(" ")[0] === noun);
  if (words.length === 1 && ofNoun.length > 0)
    throw new UsageError(`"${noun}" needs a second word.\n${helpText(ofNoun)}`);
  const similar = findSimilar(names, words) ?? ofNoun.map(({ name }) => name).join(", ");
  const hint = similar ? ` Did you mean ${similar}?` : "";
  throw new UsageError(
    `Unknown command "${words.slice(0, 2).join(" ")}".${hint}\nUsage: ${PROGRAM} <command>\nRun ${PROGRAM} help to list all commands.`,
  );
}

/** @throws UsageError for a flag that the command doesn't have */
export function failUnknownFlag(command: Command, word: string): never {
  const typed = word.replace(/=.*/s, "");
  // Also by the names of the API's fields: --client_name means --name.
  const names = new Map([["json", "json"]]);
  for (const [name, { field, also = [] }] of Object.entries(command.flags)) {
    names.set(field?.replaceAll(/[._]/g, "-") ?? name, name).set(name, name);
    for (const other of also) names.set(other, name);
  }
  const similar = nearest(typed.replace(/^-+/, "").replaceAll("_", "-"), [...names.keys()]);
  const hint = similar ? ` Did you mean --${names.get(similar)}?` : "";
  throw new UsageError(`Unknown flag ${typed}.${hint}\nUsage: ${usageOf(command)}`);
}
