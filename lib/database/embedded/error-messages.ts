/**
 * Error messages of the embedded database: one sentence for the operator, from errors of the system
 * and PostgreSQL.
 */

const FILE_REASONS: Record<string, string> = {
  EROFS: "is on a read-only file system",
  EACCES: "is not writable by this user",
  EPERM: "is not writable by this user",
  ENOSPC: "is on a full disk",
  EDQUOT: "is over its disk quota",
  ENOTDIR: "is not a folder",
  EEXIST: "is not a folder",
};

export function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
}

/** Explains a file system error of the data folder. Other errors are returned unchanged. */
export function explainFolder(error: unknown, folder: string): Error {
  const reason = FILE_REASONS[errorCode(error)];
  if (!reason) return error instanceof Error ? error : new Error(String(error));
  return new Error(`The data folder ${folder} ${reason}; make it writable or set DATA_DIR to another folder.`, {
    cause: error,
  });
}

/**
 * Explains a failed initdb, pg_ctl or postgres by its most specific line of output, and names the
 * log file.
 */
export function explainOutput(action: string, output: string, folder: string, logFile?: string): Error {
  if (/No space left on device/i.test(output)) return explainFolder({ code: "ENOSPC" }, folder);
  if (/Read-only file system/i.test(output)) return explainFolder({ code: "EROFS" }, folder);
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const line = lines.find((line) => /FATAL:|PANIC:|error:/.test(line)) ?? lines.at(-1) ?? "no output";
  const reason = line.replace(/^.*?(FATAL|PANIC|error):\s*/, "").trim();
  return new Error(
    `The embedded PostgreSQL could not ${action}: ${reason}${logFile ? ` (details in ${logFile})` : ""}.`,
  );
}
