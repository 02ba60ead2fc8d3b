/**
 * The operator's CLI, `npm run -s foyer -- <command>`. Works while the server runs and while it
 * doesn't.
 */
import { isAppError, StartError } from "@/lib/errors";
import { boot, shutdown } from "@/lib/operations/boot";
import { COMMANDS } from "./commands/list";
import { parseCommand, UsageError } from "./parse";
import { printResult } from "./print";

function sentenceOf(error: unknown): string {
  if (isAppError(error) || error instanceof UsageError || error instanceof StartError) return (error as Error).message;
  return (error as Error).stack ?? String(error);
}

async function run(argv: string[]): Promise<void> {
  const { command, flags, json } = parseCommand(COMMANDS, argv);
  if (command.database !== false) await boot("tool");
  const result = await command.run(flags);
  await printResult(result, json);
  const problem = command.problem?.(result);
  if (problem) throw new UsageError(problem);
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
} finally {
  await shutdown();
}
// An idle timer, such as a pool's, must not keep a finished command running.
process.exit();
