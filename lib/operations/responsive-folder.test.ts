import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { StartError } from "../errors";
import { requireResponsiveFolder } from "./responsive-folder";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "foyer-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("accepts a folder that responds, with or without a secret, or that doesn't exist yet", async () => {
  await requireResponsiveFolder(folder);
  writeFileSync(join(folder, "secret"), "1:x");
  await requireResponsiveFolder(folder);
  await requireResponsiveFolder(join(folder, "it's not there"));
});

it("names a folder that hangs", async () => {
  // Opening a pipe without a writer never returns, like a file on a network drive that is away.
  execFileSync("mkfifo", [join(folder, "secret")]);
  const error = await requireResponsiveFolder(folder).catch((reason) => reason);
  expect(error).toBeInstanceOf(StartError);
  expect(error.message).toContain(`The data folder ${folder} does not respond`);
});
