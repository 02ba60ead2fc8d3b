/** The master key of an installation that was given none: made once in the data folder, readable by its owner alone. */
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

/** Writes beside and links, so a half-written secret is never read; of two starts at once the first one's secret counts. */
async function createSecret(file: string): Promise<void> {
  // Not the process id: two containers that share the folder may have the same.
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
