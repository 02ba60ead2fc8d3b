/** The import and export of users by the CLI. */
import { stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { type Json, logIn } from "../support/app";
import { foyer, runCli } from "../support/cli";
import { expect, test } from "../support/fixtures";
import { OLD_PASSWORD, oldHash, usersCsv } from "../support/user-files";

const USERS = 600;

test("a file is checked, imported, exported with its hashes, and imported into another app", async ({
  app: from,
  createApp,
  server,
}, testInfo) => {
  const to = await createApp();
  const file = testInfo.outputPath("users.ndjson");
  const hash = await oldHash();
  const lines = Array.from({ length: USERS }, (_, n) =>
    JSON.stringify({ email: `p${n}@example.com`, passwordHash: hash, user_id: `auth0|${n}` }),
  );
  await writeFile(file, lines.join("\n"));
  const cli = (...args: string[]) => foyer(server.environment, "users", ...args);
  const importFile = (...more: string[]) => cli("import", file, "--app", from.id, ...more);
  const counts = { rows: USERS, exists: 0, duplicate: 0, invalid: 0, problems: [], ignored: [] };
  expect(await importFile("--dry-run")).toEqual({ dry_run: true, ...counts, created: USERS });
  expect(await importFile()).toEqual({ dry_run: false, ...counts, created: USERS });
  expect(await importFile()).toEqual({ dry_run: false, ...counts, created: 0, exists: USERS });
  expect((await logIn(from, `p${USERS - 1}@example.com`, { password: OLD_PASSWORD })).status).toBe(200);

  const out = testInfo.outputPath("users.csv");
  const exported = await cli("export", "--app", from.id, "--with-hashes", "--out", out);
  expect(exported).toEqual({ file: out, format: "csv", hashes: true });
  expect((await stat(out)).mode & 0o777).toBe(0o600);
  const again = await runCli(server.environment, "users", "export", "--app", from.id, "--out", out);
  expect(again).toMatchObject({ code: 1, errors: `${out} already exists. Choose another file or delete this one.\n` });
  expect(await cli("import", out, "--app", to.id)).toMatchObject({ created: USERS, invalid: 0 });
  expect((await logIn(to, "p0@example.com", { password: OLD_PASSWORD })).status).toBe(200);

  const printed = await runCli(server.environment, "users", "export", "--app", to.id);
  expect(printed.output.split("\r\n").length).toBe(USERS + 2);
  expect(printed.output).not.toContain("$2b$");
  const { users } = await cli("export", "--app", to.id);
  expect(users.length).toBe(USERS);
  expect(users[0]).not.toHaveProperty("password_hash");
});

test("an import with invalid rows lists them and exits with 1", async ({ app, server }, testInfo) => {
  const file = testInfo.outputPath("users.csv");
  await writeFile(file, await usersCsv());
  const result = await runCli(server.environment, "users", "import", file, "--app", app.id, "--json");
  expect(result.code).toBe(1);
  expect(result.errors).toBe("2 rows are invalid; all others were imported. Correct them and import the file again.\n");
  const { problems, ...counts } = JSON.parse(result.stdout);
  expect(counts).toMatchObject({ created: 2, exists: 0, duplicate: 1, invalid: 2, ignored: ["shoe_size"] });
  expect(problems.map(({ row }: Json) => row)).toEqual([4, 5, 6]);
});

for (const [input, args, sentence] of [
  ["a file that does not exist", ["import", "/nowhere/users.csv"], "/nowhere/users.csv does not exist."],
  ["a folder", ["import", tmpdir()], `${tmpdir()} is a folder.`],
  ["no file", ["import"], "FILE is missing"],
  ["an unknown format", ["export", "--format", "xml"], "--format must be csv or json, not xml."],
  [
    "JSON and CSV at once",
    ["export", "--format", "csv", "--json"],
    "--json prints the users as JSON. Remove --format, or write a file with --out.",
  ],
] as [string, string[], string][])
  test(`${args[0]} rejects ${input} with one sentence`, async ({ app, server }) => {
    const { code, errors } = await runCli(server.environment, "users", ...args, "--app", app.id);
    expect(code).toBe(1);
    expect(errors).toContain(sentence);
    expect(errors).not.toContain("    at ");
  });
