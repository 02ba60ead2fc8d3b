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

export interface Command<Result = unknown> {
  name: string;
  help: string;
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
  return `foyer ${command.name} ${parts.join(" ")} [--json]`.replace(/ +/g, " ");
}

export function helpText(commands: Command[]): string {
  const lines = commands.map((command) => `  ${usageOf(command)}\n      ${command.help}`);
  return `Usage: npm run -s foyer -- <command> [--json]\n\n${lines.join("\n")}`;
}

function findCommand(commands: Command[], argv: string[]): { command: Command; rest: string[] } {
  for (const words of [2, 1]) {
    const name = argv.slice(0, words).join(" ");
    const command = commands.find((candidate) => candidate.name === name);
    if (command) return { command, rest: argv.slice(words) };
  }
  const asked = argv.filter((word) => !word.startsWith("-")).join(" ");
  throw new UsageError(`${asked ? `There is no command "${asked}".\n\n` : ""}${helpText(commands)}`);
}

export function parseCommand(commands: Command[], argv: string[]): { command: Command; flags: Flags; json: boolean } {
  const { command, rest } = findCommand(commands, argv);
  const options = Object.fromEntries(
    Object.entries(command.flags).map(([name, flag]) => [
      name,
      { type: flag.value ? ("string" as const) : ("boolean" as const), multiple: flag.multiple === true },
    ]),
  );
  let values: Record<string, unknown>;
  try {
    values = parseArgs({
      args: rest,
      options: { ...options, json: { type: "boolean" } },
      allowPositionals: false,
    }).values;
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
