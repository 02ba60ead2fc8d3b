import { createWriteStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { getApp } from "@/lib/apps/apps";
import { type ExportOptions, exportUsers } from "@/lib/users/export";
import {
  BATCH_ROWS,
  decodeFile,
  type FileRow,
  formatOf,
  readRows,
  requireFileSize,
  UnreadableFile,
} from "@/lib/users/import/file";
import { importUsers } from "@/lib/users/import/import";
import { addToTally, newTally } from "@/lib/users/import/tally";
import { type Command, type Flags, UsageError } from "../command";
import { APP_FLAG } from "../flags";

const BY = { type: "operator" } as const;
const STDIN = "-";

function failFile(path: string, error: unknown): never {
  if (error instanceof UnreadableFile) throw new UsageError(error.message);
  const { code } = error as { code?: string };
  const reason = { ENOENT: "does not exist", EISDIR: "is a folder", EACCES: "can't be read: permission denied" }[
    code ?? ""
  ];
  throw reason ? new UsageError(`${path} ${reason}.`) : error;
}

async function readUsers(path: string): Promise<FileRow[]> {
  try {
    if (path !== STDIN) requireFileSize((await stat(path)).size);
    const bytes = path === STDIN ? await buffer(process.stdin) : await readFile(path);
    requireFileSize(bytes.byteLength);
    const text = decodeFile(bytes);
    return readRows(text, formatOf(path, text));
  } catch (error) {
    return failFile(path, error);
  }
}

async function bringUsers(flags: Flags) {
  const app = await getApp(flags.text("app"));
  const rows = await readUsers(flags.text("file"));
  const dryRun = flags.on("dry-run");
  const tally = newTally();
  for (let at = 0; at < rows.length; at += BATCH_ROWS) {
    addToTally(tally, await importUsers(app, rows.slice(at, at + BATCH_ROWS), { dryRun }, BY));
  }
  return {
    dry_run: dryRun,
    rows: rows.length,
    ...tally.counts,
    ignored: [...tally.ignored],
    problems: tally.problems,
  };
}

export const usersImport: Command<Awaited<ReturnType<typeof bringUsers>>> = {
  name: "users import",
  help: "Import users from a CSV or JSON file, with bcrypt hashes. Existing users stay unchanged",
  argument: { name: "file", value: "FILE", help: "a CSV or JSON file, or - for standard input" },
  flags: { app: APP_FLAG, "dry-run": { help: "show the result without importing" } },
  run: bringUsers,
  problem({ invalid, dry_run }) {
    if (invalid === 0) return null;
    const rows = invalid === 1 ? "1 row is invalid" : `${invalid} rows are invalid`;
    return `${rows}${dry_run ? "" : "; all others were imported"}. Correct them and import the file again.`;
  },
};

const FORMATS = ["csv", "json"] as const;

function exportOptions(flags: Flags): ExportOptions {
  const json = flags.on("json") && flags.optional("out") === undefined;
  const asked = flags.optional("format") ?? (json ? "json" : "csv");
  const format = FORMATS.find((candidate) => candidate === asked);
  if (!format) throw new UsageError(`--format must be ${FORMATS.join(" or ")}, not ${asked}.`);
  if (json && format === "csv")
    throw new UsageError("--json prints the users as JSON. Remove --format, or write a file with --out.");
  return { format, hashes: flags.on("with-hashes") };
}

async function* asObject(array: AsyncIterable<string>): AsyncGenerator<string> {
  yield '{"users":';
  yield* array;
  yield "}\n";
}

/** Creates a file that only its owner can read. Never overwrites a file. */
async function writeNew(path: string, parts: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(parts), createWriteStream(path, { flags: "wx", mode: 0o600 }));
  } catch (error) {
    if ((error as { code?: string }).code !== "EEXIST") throw error;
    throw new UsageError(`${path} already exists. Choose another file or delete this one.`);
  }
}

export const usersExport: Command = {
  name: "users export",
  help: "Export the users of an app, newest first, in the columns of an import",
  flags: {
    app: APP_FLAG,
    format: { value: "csv|json", help: "the file format (default: csv)" },
    "with-hashes": { help: "include bcrypt password hashes; store the file securely" },
    out: { value: "FILE", help: "a new file that only you can read (default: standard output)" },
  },
  run: async (flags) => {
    const options = exportOptions(flags);
    const app = await getApp(flags.text("app"));
    const parts = await exportUsers(app.id, options, { by: BY, role: "owner" });
    const out = flags.optional("out");
    if (!out) return flags.on("json") ? asObject(parts) : parts;
    await writeNew(out, parts);
    return { file: out, ...options };
  },
};

export const commands: Command[] = [usersImport, usersExport];
