/**
 * The operator's CLI, `npm run -s foyer -- <command>`. Works while the server runs and while it
 * doesn't.
 */
import { isAppError, StartError } from "@/lib/errors";
import { type Command, type Flags, UsageError } from "./command";
import { loadCommands } from "./commands/list";
import { inFlags } from "./field-errors";
import { parseCommand } from "./parse";
import { printResult } from "./print";
import { prepareRuntime } from "./runtime";

function sentenceOf(error: unknown): string {
  if (isAppError(error) || error instanceof UsageError || error instanceof StartError) return (error as Error).message;
  return (error as Error).stack ?? String(error);
}

async function execute(command: Command, flags: Flags): Promise<unknown> {
  try {
    return await command.run(flags);
  } catch (error) {
    throw isAppError(error) ? new UsageError(inFlags(error, command, flags)) : error;
  }
}

const isVersion = (word: string | undefined) => word === "--version" || word === "-v";

async function run(typed: string[]): Promise<void> {
  const argv = isVersion(typed[0]) ? ["version", ...typed.slice(1)] : typed;
  const { command, flags, json } = parseCommand(await loadCommands(argv[0]), argv);
  if (command.database === false) return printResult(command, await execute(command, flags), flags, json);
  const { boot, shutdown } = await import("@/lib/operations/boot");
  try {
    await boot("tool");
    const result = await execute(command, flags);
    await printResult(command, result, flags, json);
    const problem = command.problem?.(result);
    if (problem) throw new UsageError(problem);
  } finally {
    await shutdown();
  }
}

prepareRuntime();
try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
}
// An idle timer, such as a pool's, must not keep a finished command running.
process.exit();
