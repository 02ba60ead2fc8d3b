/** The start of a server: its output when it works, and its error when it cannot. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, createEmptyDatabase, databaseUrl, testCluster } from "../../test/support/database";
import { onCleanup } from "../support/cleanup";
import { query } from "../support/database";
import { expect, test } from "../support/process";
import { freePort, launchServer, startServer, until, untilReady, type Variables } from "../support/server";

/** Starts a server that must exit. → its exit code, its errors, and how long it took */
async function failingStart(variables: Variables) {
  const started = performance.now();
  const server = await launchServer(variables);
  const code = await server.ended;
  return { code, text: server.errors(), seconds: (performance.now() - started) / 1000 };
}

/** One sentence for the operator, in one line. */
function expectSentence(text: string): void {
  expect(text.trimEnd().split("\n")).toHaveLength(1);
  expect(text).toMatch(/^Foyer cannot start\. .+\.\n$/);
}

test.describe("a start that works", () => {
  test("prints that the server is ready, as its last line", async () => {
    const server = await startServer();
    const response = await fetch(`${server.url}/api/health/ready`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: "ok" });
    expect(server.output().trimEnd().split("\n").at(-1)).toBe(`Foyer is ready at ${server.url}`);
    expect(await server.stop()).toBe(0);
  });

  test("migrates an empty database once, even when three servers start at the same time", async () => {
    const url = await createEmptyDatabase();
    const servers = await Promise.all([1, 2, 3].map(() => launchServer({ DATABASE_URL: url })));
    await Promise.all(servers.map(untilReady));
    const responses = await Promise.all(servers.map((server) => fetch(`${server.url}/api/health/ready`)));
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200]);

    expect(servers.filter((server) => server.output().includes("Applied"))).toHaveLength(1);
    const [{ applied, names, apps }] = await query(
      { environment: { DATABASE_URL: url } },
      `SELECT (SELECT count(*)::int FROM "_prisma_migrations") AS applied,
              (SELECT count(DISTINCT migration_name)::int FROM "_prisma_migrations") AS names,
              (SELECT count(*)::int FROM "App") AS apps`,
    );
    expect(applied).toBe(names);
    expect(apps).toBe(1);
    expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0, 0]);
  });
});

test.describe("a start that fails", () => {
  let database: string;
  test.beforeAll(async () => {
    database = await createDatabase();
  });

  test("names every wrong variable at once", async () => {
    const { code, text } = await failingStart({
      DATABASE_URL: database,
      BCRYPT_COST: "99",
      PUBLIC_URL: "https://auth.example.com/path",
      LOG_LEVEL: "loud",
      TRUSTED_PROXIES: "10.0.0.0/99",
    });
    expect(code).toBe(1);
    const [first, ...lines] = text.trimEnd().split("\n");
    expect(first).toBe("Foyer cannot start. These environment variables are invalid:");
    expect(lines.map((line) => /^ {2}- (\w+) ./.exec(line)?.[1]).sort()).toEqual([
      "BCRYPT_COST",
      "LOG_LEVEL",
      "PUBLIC_URL",
      "TRUSTED_PROXIES",
    ]);
  });

  test("requires FOYER_SECRET with NODE_ENV=production and DATABASE_URL", async () => {
    const { code, text } = await failingStart({
      ...{ DATABASE_URL: database, FOYER_SECRET: undefined, FOYER_GIVEN_NODE_ENV: "production" },
    });
    expect(code).toBe(1);
    expect(text).toContain("\n  - FOYER_SECRET is required with NODE_ENV=production and DATABASE_URL");
  });

  test("rejects an invalid FOYER_SECRET", async () => {
    const { code, text } = await failingStart({ DATABASE_URL: database, FOYER_SECRET: "short" });
    expect(code).toBe(1);
    expectSentence(text);
    expect(text).toContain("FOYER_SECRET");
  });

  test("names a data folder that does not respond", async () => {
    const folder = mkdtempSync(join(tmpdir(), "foyer-hanging-"));
    onCleanup(() => rmSync(folder, { recursive: true, force: true }));
    // Opening a pipe without a writer never returns, like a file on a network drive that is away.
    execFileSync("mkfifo", [join(folder, "secret")]);
    const { code, text, seconds } = await failingStart({
      DATABASE_URL: undefined,
      FOYER_SECRET: undefined,
      DATA_DIR: folder,
    });
    expect(code).toBe(1);
    expectSentence(text);
    expect(text).toContain(`The data folder ${folder} does not respond`);
    expect(seconds).toBeLessThan(30);
  });

  test("names the port that another program uses", async () => {
    const port = await freePort();
    const other = createServer().listen(port);
    onCleanup(() => other.close());
    const { code, text } = await failingStart({ DATABASE_URL: database, PORT: String(port) });
    expect(code).toBe(1);
    expectSentence(text);
    expect(text).toContain(`Port ${port} is in use by another program`);

    const several = await failingStart({ DATABASE_URL: database, PORT: String(port), WEB_CONCURRENCY: "2" });
    expect(several.code).toBe(1);
    expect(several.text).toContain(`Port ${port} is in use by another program`);
  });

  for (const [problem, makeUrl] of [
    ["the password is wrong", async () => wrongPassword(database)],
    ["the database does not exist", async () => databaseUrl(testCluster().url, "nowhere")],
  ] as [string, () => Promise<string>][])
    test(`says within seconds that DATABASE_URL does not work: ${problem}`, async () => {
      const { code, text, seconds } = await failingStart({ DATABASE_URL: await makeUrl() });
      expect(code).toBe(1);
      expectSentence(text);
      expect(text).toContain("Check DATABASE_URL");
      expect(text).not.toMatch(/secret|wrong-password/);
      expect(seconds).toBeLessThan(10);
    });
});

test("waits for a database that isn't up yet, and says so", async () => {
  const port = await freePort();
  const target = new URL(await createDatabase());
  const server = await launchServer({
    DATABASE_URL: databaseUrl(target.href.replace(target.port, String(port)), target.pathname.slice(1)),
  });
  await until("the start waits", () => server.output().includes(`Waiting for the database 127.0.0.1:${port}`));
  const forwarder = createServer((socket) => {
    const upstream = connect(Number(target.port), "127.0.0.1");
    for (const [from, to] of [
      [socket, upstream],
      [upstream, socket],
    ] as const)
      from.pipe(to).on("error", () => from.destroy());
  }).listen(port, "127.0.0.1");
  onCleanup(() => forwarder.close());
  await untilReady(server);
  expect(await server.stop()).toBe(0);
});

function wrongPassword(url: string): string {
  const wrong = new URL(url);
  wrong.password = "wrong-password";
  return wrong.href;
}
