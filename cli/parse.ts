/** Reads a command line: two words and flags, checked against what the command declares. */
import { parseArgs } from "node:util";

export class UsageError extends Error {
  override name = "UsageError";
}

export interface Flag {
  /** What stands in the help for its value; a flag without is on or off. */
  value?: string;
  required?: boolean;
  multiple?: boolean;
  help: string;
}

export interface Flags {
  text(name: string): string;
  optional(name: string): string | undefined;
  list(name: string): string[];
  on(name: string): boolean;
}

/** A word after the command that must be given; read like a flag. */
export interface Argument {
  name: string;
  /** What stands in the help for it. */
  value: string;
  help: string;
}

export interface Command<Result = unknown> {
  name: string;
  help: string;
  argument?: Argument;
  flags: Record<string, Flag>;
  /** false: needs no database. */
  database?: boolean;
  run: (flags: Flags) => Promise<Result>;
  /** What in a result makes the exit code 1, as a sentence. A method, so that commands of different results share a list. */
  problem?(result: Result): string | null;
}

function usageOf(command: Command): string {
  const parts = Object.entries(command.flags).map(([name, flag]) => {
    const text = flag.value ? `--${name} ${flag.value}${flag.multiple ? "…" : ""}` : `--${name}`;
    return flag.required ? text : `[${text}]`;
  });
  return `foyer ${[command.name, command.argument?.value, ...parts].filter(Boolean).join(" ")} [--json]`;
}

export function helpText(commands: Command[]): string {
  const lines = commands.map((command) => `  ${usageOf(command)}\n      ${command.help}`);
  return `Usage: npm run -s foyer -- <command> [--json]\n\n${lines.join("\n")}`;
}

/** The commands of the noun that was named: `apps` has create, list and update. */
function commandsOf(commands: Command[], noun: string | undefined): Command[] {
  return commands.filter(({ name }) => name.split(" ")[0] === noun);
}

function failUnknown(commands: Command[], argv: string[]): never {
  const words = argv.filter((word) => !word.startsWith("-"));
  if (words.length === 0) throw new UsageError(helpText(commands));
  const near = commandsOf(commands, words[0]).map(({ name }) => name);
  const hint = near.length > 0 ? ` There ${near.length > 1 ? "are" : "is"} ${near.join(", ")}.` : "";
  throw new UsageError(
    `There is no command "${words.join(" ")}".${hint}\nUsage: npm run -s foyer -- <command>; npm run -s foyer -- help lists them all`,
  );
}

function findCommand(commands: Command[], argv: string[]): { command: Command; rest: string[] } {
  for (const words of [2, 1]) {
    const name = argv.slice(0, words).join(" ");
    const command = commands.find((candidate) => candidate.name === name);
    if (command) return { command, rest: argv.slice(words) };
  }
  return failUnknown(commands, argv);
}

/** `--help` after a command or a noun explains that one, and alone everything. */
function helpAsked(commands: Command[], argv: string[]): Command | null {
  if (!argv.some((word) => word === "--help" || word === "-h")) return null;
  const exact = commands.filter(({ name }) => `${argv.join(" ")} `.startsWith(`${name} `));
  const asked = exact.length > 0 ? exact : commandsOf(commands, argv[0]);
  const text = helpText(asked.length > 0 ? asked : commands);
  return { name: "help", help: "", flags: {}, database: false, run: async () => text };
}

function onlyOne(words: string[], { value, help }: Argument): string {
  const [word, tooMany] = words;
  if (word === undefined) throw new Error(`${value} is missing: ${help}.`);
  if (tooMany !== undefined) throw new Error(`There is one ${value}, so "${tooMany}" is one too many.`);
  return word;
}

/** A value may begin with a dash, as one id of a key in 64 does; parseArgs takes such only after an equals sign. Flags have two. */
function joinDashed(words: string[], flags: Command["flags"]): string[] {
  const takesValue = (word = "") => word.startsWith("--") && flags[word.slice(2)]?.value !== undefined;
  const isDashed = (word: string) => /^-[^-]/.test(word);
  return words.flatMap((word, index) => {
    if (isDashed(word) && takesValue(words[index - 1])) return [];
    const next = words[index + 1];
    return takesValue(word) && next !== undefined && isDashed(next) ? [`${word}=${next}`] : [word];
  });
}

export function parseCommand(commands: Command[], argv: string[]): { command: Command; flags: Flags; json: boolean } {
  const help = helpAsked(commands, argv);
  const { command, rest } = help ? { command: help, rest: [] } : findCommand(commands, argv);
  const options = Object.fromEntries(
    Object.entries(command.flags).map(([name, flag]) => [
      name,
      { type: flag.value ? ("string" as const) : ("boolean" as const), multiple: flag.multiple === true },
    ]),
  );
  const { argument } = command;
  let values: Record<string, unknown>;
  try {
    const parsed = parseArgs({
      args: joinDashed(rest, command.flags),
      options: { ...options, json: { type: "boolean" } },
      allowPositionals: argument !== undefined,
    });
    values = parsed.values;
    if (argument) values[argument.name] = onlyOne(parsed.positionals, argument);
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nUsage: ${usageOf(command)}`);
  }
  const missing = Object.entries(command.flags).find(([name, flag]) => flag.required && values[name] === undefined);
  if (missing) throw new UsageError(`--${missing[0]} is missing: ${missing[1].help}.\nUsage: ${usageOf(command)}`);
  return {
    command,
    json: values.json === true,
    flags: {
      text: (name) => String(values[name]),
      optional: (name) => values[name] as string | undefined,
      list: (name) => (values[name] as string[] | undefined) ?? [],
      on: (name) => values[name] === true,
    },
  };
}
