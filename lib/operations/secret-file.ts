/**
 * The master key file, created in the data folder if FOYER_SECRET isn't set. Only its owner can
 * read it.
 */
import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { link, mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { randomSecret } from "../crypto/hash";
import { StartError } from "../errors";

const OWNER_ONLY = 0o600;

async function readExisting(file: string): Promise<string | null> {
  try {
    return (await readFile(file, "utf8")).trim() || null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/**
 * Writes a draft and links it, so that no process reads half a secret. If two processes start at
 * once, the first wins.
 */
async function createSecret(file: string): Promise<void> {
  // Not the process ID: two containers that share the folder may have the same.
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, constants.O_CREAT | constants.O_TRUNC | constants.O_WRONLY, OWNER_ONLY);
  await handle.writeFile(`1:${randomSecret()}\n`);
  await handle.sync();
  await handle.close();
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(draft);
}

export async function loadSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, "secret");
  try {
    await mkdir(dataDir, { recursive: true });
    if (!(await readExisting(file))) await createSecret(file);
    return (await readExisting(file)) ?? "";
  } catch (error) {
    throw new StartError(
      `The data folder ${dataDir} cannot be used (${(error as Error).message}). Set DATA_DIR to a writable folder.`,
    );
  }
}
