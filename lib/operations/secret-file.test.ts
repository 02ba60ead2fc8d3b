import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { parseMasterKeys } from "../crypto/master-key";
import { StartError } from "../errors";
import { loadSecret } from "./secret-file";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "foyer-secret-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("is created once, with a valid secret that only its owner can read", async () => {
  const dataDir = join(folder, "not", "there", "yet");
  const secret = await loadSecret(dataDir);
  expect(parseMasterKeys(secret)).toMatchObject([{ version: 1 }]);
  expect((await stat(join(dataDir, "secret"))).mode & 0o777).toBe(0o600);
  expect(await loadSecret(dataDir)).toBe(secret);
  expect(await readdir(dataDir)).toEqual(["secret"]);
});

it("is the same for several starts at once", async () => {
  const secrets = await Promise.all(Array.from({ length: 10 }, () => loadSecret(folder)));
  const stored = (await readFile(join(folder, "secret"), "utf8")).trim();
  expect(new Set(secrets)).toEqual(new Set([stored]));
  expect(await readdir(folder)).toEqual(["secret"]);
});

it("is never overwritten", async () => {
  await writeFile(join(folder, "secret"), "2:another-wrote-a-new-one-in-front,1:of-the-old-one-by-hand-it-seems\n");
  expect(await loadSecret(folder)).toMatch(/^2:another.*seems$/);
});

it("fails with one sentence that names the folder if it cannot be written", async () => {
  const file = join(folder, "a-file");
  await writeFile(file, "");
  await expect(loadSecret(file)).rejects.toThrow(StartError);
  await expect(loadSecret(file)).rejects.toThrow(new RegExp(`The data folder ${file} cannot be used .*DATA_DIR`));
});
