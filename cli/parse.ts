/** Parser of the command line. */
import { parseArgs } from "node:util";
import { type Argument, type Command, type Flags, UsageError } from "./command";
import { failUnknownCommand, failUnknownFlag, helpText, usageOf } from "./usage";

interface Parsed {
  command: Command;
  flags: Flags;
  json: boolean;
}

function findCommand(commands: Command[], argv: string[]): { command: Command; rest: string[] } {
  for (const words of [2, 1]) {
    const name = argv.slice(0, words).join(" ");
    const command = commands.find((candidate) => candidate.name === name);
    if (command) return { command, rest: argv.slice(words) };
  }
  const flagsAt = argv.findIndex((word) => word.startsWith("-"));
  return failUnknownCommand(commands, flagsAt < 0 ? argv : argv.slice(0, flagsAt));
}

const isHelp = (word: string | undefined) => word === "--help" || word === "-h";

/**
 * `--help` shows the help of the command or noun before it, or of all commands, as do `help` and an
 * empty command line.
 */
function helpAsked(commands: Command[], argv: string[]): string | null {
  const words = argv.filter((word) => !word.startsWith("-"));
  const isEmpty = words.length === 0 && argv.every((word) => word === "--json");
  const asked = words[0] === "help" ? words.slice(1) : words;
  if (!isEmpty && words[0] !== "help" && !argv.some(isHelp)) return null;
  const exact = commands.filter(({ name }) => `${asked.join(" ")} `.startsWith(`${name} `));
  const ofNoun = commands.filter(({ name }) => name.split(" ")[0] === asked[0]);
  return helpText([exact, ofNoun, commands].find((found) => found.length > 0) ?? []);
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

/** Writes a flag's other names as its name, and the value of a flag that was typed without one. */
function normalize(words: string[], flags: Command["flags"]): string[] {
  const names = new Map(Object.entries(flags).flatMap(([name, { also = [] }]) => also.map((other) => [other, name])));
  return words.map((word, index) => {
    const [, typed = "", rest = ""] = /^--([^=]+)(=.*)?$/s.exec(word) ?? [];
    const name = names.get(typed) ?? typed;
    const { bare } = (Object.hasOwn(flags, name) && flags[name]) || {};
    const next = words[index + 1];
    const isBare = bare !== undefined && rest === "" && (next === undefined || next.startsWith("--"));
    return typed ? `--${name}${isBare ? `=${bare}` : rest}` : word;
  });
}

function onlyOne(words: string[], { value, help }: Argument): string {
  const [word, tooMany] = words;
  if (word === undefined) throw new Error(`${value} is missing: ${help}.`);
  if (tooMany !== undefined) throw new Error(`Only one ${value} is allowed. Remove "${tooMany}".`);
  return word;
}

function readValues(command: Command, rest: string[]): Record<string, unknown> {
  const { argument, flags } = command;
  const options = Object.entries(flags).map(([name, flag]) => [
    name,
    { type: flag.value ? ("string" as const) : ("boolean" as const), multiple: flag.multiple === true },
  ]);
  const args = joinDashed(normalize(rest, flags), flags);
  const { values, positionals, tokens } = parseArgs({
    args,
    options: { ...Object.fromEntries(options), json: { type: "boolean" } },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const flag = token.name === "json" ? { help: "" } : Object.hasOwn(flags, token.name) ? flags[token.name] : null;
    if (!flag || !token.rawName.startsWith("--")) return failUnknownFlag(command, args[token.index] ?? token.rawName);
    const given = token.value !== undefined && (token.inlineValue || !token.value.startsWith("--"));
    if (flag.value && !given) throw new Error(`--${token.name} needs a value: ${flag.help}.`);
    if (!flag.value && given) throw new Error(`--${token.name} takes no value.`);
  }
  if (argument) return { ...values, [argument.name]: onlyOne(positionals, argument) };
  const [extra] = positionals;
  if (extra !== undefined) throw new Error(`Unexpected "${extra}". Put a value that contains spaces in quotes.`);
  return values;
}

function parseFlags(command: Command, rest: string[]): Record<string, unknown> {
  try {
    const values = readValues(command, rest);
    const missing = Object.entries(command.flags).find(([name, flag]) => flag.required && values[name] === undefined);
    if (missing) throw new Error(`--${missing[0]} is missing: ${missing[1].help}.`);
    return values;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${(error as Error).message}\nUsage: ${usageOf(command)}`);
  }
}

/** @throws UsageError with the usage, for a command line that is wrong */
export function parseCommand(commands: Command[], argv: string[]): Parsed {
  const help = helpAsked(commands, argv);
  const helpCommand: Command = { name: "help", help: "", flags: {}, database: false, run: async () => help };
  const { command, rest } = help === null ? findCommand(commands, argv) : { command: helpCommand, rest: [] };
  const values = parseFlags(command, rest);
  return {
    command,
    json: values.json === true || (help !== null && argv.includes("--json")),
    flags: {
      text: (name) => String(values[name]),
      optional: (name) => values[name] as string | undefined,
      list: (name) => [values[name] ?? []].flat().map(String),
      on: (name) => values[name] === true,
    },
  };
}
