/** The help of commands, and suggestions for mistyped ones. */
import { type Command, UsageError } from "./command";
import { nearest } from "./nearest";

export const PROGRAM = "npm run -s foyer --";

export function usageOf(command: Command): string {
  const parts = Object.entries(command.flags).map(([name, flag]) => {
    const text = flag.value ? `--${name} ${flag.value}${flag.multiple ? "…" : ""}` : `--${name}`;
    return flag.required ? text : `[${text}]`;
  });
  return `foyer ${[command.name, command.argument?.value, ...parts].filter(Boolean).join(" ")} [--json]`;
}

export function helpText(commands: Command[]): string {
  const lines = commands.map((command) => `  ${usageOf(command)}\n      ${command.help}`);
  return `Usage: ${PROGRAM} <command> [--json]\n\n${lines.join("\n")}`;
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
  for (const [name, { field }] of Object.entries(command.flags)) {
    names.set(field?.replaceAll(/[._]/g, "-") ?? name, name).set(name, name);
  }
  const similar = nearest(typed.replace(/^-+/, "").replaceAll("_", "-"), [...names.keys()]);
  const hint = similar ? ` Did you mean --${names.get(similar)}?` : "";
  throw new UsageError(`Unknown flag ${typed}.${hint}\nUsage: ${usageOf(command)}`);
}
