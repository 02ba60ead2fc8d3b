/** What a command of the CLI is. */

/** A wrong command line, or a result that means exit code 1. The message is all that is printed. */
export class UsageError extends Error {
  override name = "UsageError";
}

export interface Flag {
  /** The placeholder of its value in the help. A flag without one is a switch. */
  value?: string;
  required?: boolean;
  multiple?: boolean;
  /** Its other names. */
  also?: string[];
  /** The value if none is typed: `--first-party` alone means on. */
  bare?: string;
  /** Only the help of the command itself shows it. */
  rare?: boolean;
  /** A value may contain several, separated by spaces or commas. */
  words?: boolean;
  help: string;
  /** The field of the API that it sets, if that isn't its own name (or its plural). `*`: any other. */
  field?: string;
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
  /** The columns of the list in its result, for people. */
  columns?: string[];
  /** What people see in place of the result. A method, as `problem`. */
  display?(result: Result, flags: Flags): unknown;
  /**
   * Returns a message for exit code 1, or null. A method, so that commands with different results
   * fit into one list.
   */
  problem?(result: Result): string | null;
}
