// Errors of the bootstrap: one sentence, after the output of the tool that failed.
import { output } from "./progress.mjs";

export class StepFailed extends Error {
  constructor(message, toolOutput = "") {
    super(message);
    this.toolOutput = toolOutput;
  }
}

const REASONS = {
  EROFS: "is read-only",
  EACCES: "is not writable by this user",
  EPERM: "is not writable by this user",
  ENOSPC: "is on a full disk",
  EDQUOT: "is over its disk quota",
};

export function explainFolder(error, folder) {
  const reason = REASONS[error?.code];
  return reason ? new StepFailed(`The folder ${folder} ${reason}, so Foyer cannot be prepared there.`) : error;
}

/**
 * Runs a script's main function. On a failed step, prints its sentence to stderr and exits with
 * code 1.
 */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    if (error.toolOutput) output.stream.write(`${error.toolOutput.trimEnd()}\n\n`);
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
