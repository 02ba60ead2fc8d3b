/** The operator's CLI as a process: exit codes, output for people and for programs, processor time. */
import { createAppByCli, foyer, runCli } from "../support/cli";
import { expect, test } from "../support/process";
import { type Server, startServer } from "../support/server";

let server: Server;
let app: string;

test.beforeAll(async () => {
  server = await startServer();
  app = (await createAppByCli(server.environment)).id;
});
test.afterAll(() => server.stop());

const run = (...args: string[]) => runCli(server.environment, ...args);

test("an empty command line and --help list the commands, --version prints the version; all exit with 0", async () => {
  // Without any database.
  const environment = { PATH: process.env.PATH };
  for (const args of [[], ["help"], ["--help"], ["apps", "--help"]]) {
    const { code, stdout, errors } = await runCli(environment, ...args);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(stdout).toContain("foyer apps create --owner EMAIL --name NAME [--json]");
  }
  for (const word of ["--version", "-v", "version"]) {
    expect(await runCli(environment, word)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^foyer \d+\.\d+\.\d+\n$/),
    });
  }
  expect(await foyer(environment, "--version")).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
});

test("a wrong command line exits with 1 and a suggestion on stderr", async () => {
  for (const [args, text] of [
    [["app", "list"], 'Unknown command "app list". Did you mean apps list?'],
    [["apps", "list", "--owners", "x"], "Unknown flag --owners. Did you mean --owner?"],
    [["clients", "create", "--app", app, "--name", "x", "--redirect-uri", "nowhere"], "--redirect-uri nowhere must be"],
    [["apps", "update", "--app", app, "--setting", "delivery=post"], "--setting delivery must be query or"],
    [["mail", "last", "--to", "bob"], "--to must be one email address"],
  ] as const) {
    const { code, stdout, errors } = await run(...args);
    expect({ code, stdout }, args.join(" ")).toEqual({ code: 1, stdout: "" });
    expect(errors).toContain(text);
  }
});

test("lists are tables, and with --json the objects of the API", async () => {
  await foyer(server.environment, "users", "create", "--app", app, "--email", "bob@example.com", "--name", "Bob");
  const { stdout } = await run("users", "list", "--app", app);
  expect(stdout.split("\n").slice(0, 2)).toEqual([
    expect.stringMatching(/^ID +EMAIL +NAME +EMAIL VERIFIED +DISABLED +LAST SIGN IN AT$/),
    expect.stringMatching(/^usr_\w+ +bob@example\.com +Bob +no +no +-$/),
  ]);
  const { data } = await foyer(server.environment, "users", "list", "--app", app);
  expect(data[0]).toMatchObject({ email: "bob@example.com", metadata: {}, disabled: false });
});

test("mail last prints the text; the HTML only if --html or --json asks for it", async () => {
  const email = "carol@example.com";
  await foyer(server.environment, "users", "create", "--app", app, "--email", email);
  const { api_key: key } = await foyer(server.environment, "keys", "create", "--app", app, "--name", "mail");
  const response = await fetch(`${server.url}/api/auth/magic-link/${app}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ email }),
  });
  expect(response.status).toBe(202);
  const { stdout } = await run("mail", "last", "--to", email);
  expect(stdout).toMatch(/^subject +\S/m);
  expect(stdout).toContain(`${server.url}/api/auth/verify/${app}?token=`);
  expect(stdout).not.toMatch(/<\/?(html|body|table|a)\b/i);
  expect((await run("mail", "last", "--to", email, "--html")).stdout).toMatch(/^<!DOCTYPE html.*<\/html>/is);
  expect((await foyer(server.environment, "mail", "last", "--to", email)).html).toContain("<html");
});
