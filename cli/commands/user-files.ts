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
import { type Command, type Flags, UsageError } from "../parse";
import { APP_FLAG } from "./apps";

const BY = { type: "operator" } as const;
const STDIN = "-";

function failFile(path: string, error: unknown): never {
  if (error instanceof UnreadableFile) throw new UsageError(error.message);
  const { code } = error as { code?: string };
  const reason = { ENOENT: "is not there", EISDIR: "is a folder", EACCES: "may not be read" }[code ?? ""];
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
  help: "brings users in from a CSV or JSON file, with their bcrypt hashes; who is here already stays as they are",
  argument: { name: "file", value: "FILE", help: "a CSV or JSON file, or - for what is piped in" },
  flags: { app: APP_FLAG, "dry-run": { help: "says what would happen, and changes nothing" } },
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
  if (!format) throw new UsageError(`--format is ${FORMATS.join(" or ")}, not ${asked}.`);
  if (json && format === "csv")
    throw new UsageError("With --json the users are printed as JSON. Leave --format out, or write a file with --out.");
  return { format, hashes: flags.on("with-hashes") };
}

async function* asObject(array: AsyncIterable<string>): AsyncGenerator<string> {
  yield '{"users":';
  yield* array;
  yield "}\n";
}

/** For its owner alone, and never over another file. */
async function writeNew(path: string, parts: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(parts), createWriteStream(path, { flags: "wx", mode: 0o600 }));
  } catch (error) {
    if ((error as { code?: string }).code !== "EEXIST") throw error;
    throw new UsageError(`${path} is there already. Name another file, or remove it.`);
  }
}

export const usersExport: Command = {
  name: "users export",
  help: "writes an App's users in the columns that an import takes, newest first",
  flags: {
    app: APP_FLAG,
    format: { value: "F", help: "csv (unless said otherwise) or json" },
    "with-hashes": { help: "with the bcrypt hashes of the passwords: keep the file as safe as these" },
    out: { value: "FILE", help: "a new file, readable by you alone; without it they are printed" },
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
