// Turns what the operating system and PostgreSQL say into one sentence for the operator.

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

/** An error about the data folder, in one sentence; errors that are not the file system's stay as they are. */
export function explainFolder(error: unknown, folder: string): Error {
  const reason = FILE_REASONS[errorCode(error)];
  if (!reason) return error instanceof Error ? error : new Error(String(error));
  return new Error(`The data folder ${folder} ${reason}; make it writable or set DATA_DIR to another folder.`, {
    cause: error,
  });
}

/** A failed initdb, pg_ctl or postgres: its own most telling line, and where the rest is. */
export function explainOutput(doing: string, output: string, folder: string, logFile?: string): Error {
  if (/No space left on device/i.test(output)) return explainFolder({ code: "ENOSPC" }, folder);
  if (/Read-only file system/i.test(output)) return explainFolder({ code: "EROFS" }, folder);
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const telling = lines.find((line) => /FATAL:|PANIC:|error:/.test(line)) ?? lines.at(-1) ?? "no output";
  const said = telling.replace(/^.*?(FATAL|PANIC|error):\s*/, "").trim();
  return new Error(`The embedded PostgreSQL could not ${doing}: ${said}${logFile ? ` (details in ${logFile})` : ""}.`);
}
