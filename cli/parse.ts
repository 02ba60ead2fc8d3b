/** Parser of the command line, and the help text of commands. */
import { parseArgs } from "node:util";

export class UsageError extends Error {
  override name = "UsageError";
}

export interface Flag {
  /** The placeholder of its value in the help. A flag without one is a switch. */
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

/** A required positional argument. Commands read it like a flag. */
export interface Argument {
  name: string;
  /** The placeholder in the help. */
  value: string;
  help: string;
}

export interface Command<Result = unknown> {
  name: string;
  help: string;
  argument?: Argument;
  flags: Record<string, Flag>;
  /** False if the command needs no database. */
  database?: boolean;
  run: (flags: Flags) => Promise<Result>;
  /**
   * Returns a message for exit code 1, or null. A method, so that commands with different results
   * fit into one list.
   */
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

/** The commands of a noun, such as create, list and update of `apps`. */
function commandsOf(commands: Command[], noun: string | undefined): Command[] {
  return commands.filter(({ name }) => name.split(" ")[0] === noun);
}

function failUnknown(commands: Command[], argv: string[]): never {
  const words = argv.filter((word) => !word.startsWith("-"));
  if (words.length === 0) throw new UsageError(helpText(commands));
  const near = commandsOf(commands, words[0]).map(({ name }) => name);
  const hint = near.length > 0 ? ` Did you mean ${near.join(", ")}?` : "";
  throw new UsageError(
    `Unknown command "${words.join(" ")}".${hint}\nUsage: npm run -s foyer -- <command>\nRun npm run -s foyer -- help to list all commands.`,
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

/** `--help` shows the help of the command or noun before it, or of all commands. */
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
  if (tooMany !== undefined) throw new Error(`Only one ${value} is allowed. Remove "${tooMany}".`);
  return word;
}

/**
 * Joins a flag and a value that begins with one dash (1 in 64 key IDs does): parseArgs needs an
 * equals sign there.
 */
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
