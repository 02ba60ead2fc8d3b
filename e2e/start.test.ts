/** The start: what it says when it works, and what when it does not. */
import { createServer } from "node:net";
import pg from "pg";
import { beforeAll, describe, expect, inject, it, onTestFinished } from "vitest";
import { databaseUrl } from "../test/support/cluster";
import { createDatabase } from "../test/support/database";
import { freePort, launchServer, startServer, untilReady } from "../test/support/server";

let database: string;
beforeAll(async () => {
  database = await createDatabase();
});

/** Starts a server that must not start; → what it wrote to stderr, and how long it took to give up. */
async function failingStart(given: Record<string, string | undefined>) {
  const started = performance.now();
  const server = await launchServer({ DATABASE_URL: database, ...given });
  const code = await server.ended;
  return { code, text: server.errors(), seconds: (performance.now() - started) / 1000 };
}

/** One sentence for the operator: a line, and nothing of the program's inside. */
function expectSentence(text: string) {
  expect(text.trimEnd().split("\n")).toHaveLength(1);
  expect(text).toMatch(/^Foyer cannot start\. .+\.\n$/);
}

describe("a start that works", () => {
  it("says that it is ready last, and then is", async () => {
    const server = await startServer();
    const answer = await fetch(`${server.url}/api/health/ready`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: "ok" });
    expect(server.output().trimEnd().split("\n").at(-1)).toBe(`Foyer is ready at ${server.url}`);
    expect(await server.stop()).toBe(0);
  });

  it("migrates an empty database once, however many servers start on it at the same time", async () => {
    const url = await emptyDatabase();
    const servers = await Promise.all([1, 2, 3].map(() => launchServer({ DATABASE_URL: url })));
    await Promise.all(servers.map(untilReady));
    const answers = await Promise.all(servers.map((server) => fetch(`${server.url}/api/health/ready`)));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);

    const said = servers.filter((server) => server.output().includes("Applied"));
    expect(said).toHaveLength(1);
    const [{ applied, names, houses }] = await query(
      url,
      `SELECT (SELECT count(*)::int FROM "_prisma_migrations") AS applied,
              (SELECT count(DISTINCT migration_name)::int FROM "_prisma_migrations") AS names,
              (SELECT count(*)::int FROM "App") AS houses`,
    );
    expect(applied).toBe(names);
    expect(houses).toBe(1);
    expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0, 0]);
  });
});

describe("a start that cannot work", () => {
  it("lists every wrong variable, by name, in one go", async () => {
    const { code, text } = await failingStart({
      BCRYPT_COST: "99",
      PUBLIC_URL: "https://auth.example.com/path",
      LOG_LEVEL: "loud",
      TRUSTED_PROXIES: "10.0.0.0/99",
    });
    expect(code).toBe(1);
    const [first, ...lines] = text.trimEnd().split("\n");
    expect(first).toBe("Foyer cannot start. The environment is not right:");
    expect(lines.map((line) => /^ {2}- (\w+) ./.exec(line)?.[1]).sort()).toEqual([
      "BCRYPT_COST",
      "LOG_LEVEL",
      "PUBLIC_URL",
      "TRUSTED_PROXIES",
    ]);
  });

  it("asks for FOYER_SECRET when NODE_ENV=production was given with a DATABASE_URL", async () => {
    const { code, text } = await failingStart({ FOYER_SECRET: undefined, FOYER_GIVEN_NODE_ENV: "production" });
    expect(code).toBe(1);
    expect(text).toContain("\n  - FOYER_SECRET is required with NODE_ENV=production and a DATABASE_URL");
  });

  it("refuses a FOYER_SECRET that is none", async () => {
    const { code, text } = await failingStart({ FOYER_SECRET: "short" });
    expect(code).toBe(1);
    expectSentence(text);
    expect(text).toContain("FOYER_SECRET");
  });

  it("names the port that another program has", async () => {
    const port = await freePort();
    const other = createServer().listen(port);
    onTestFinished(() => void other.close());
    const { code, text } = await failingStart({ PORT: String(port) });
    expect(code).toBe(1);
    expectSentence(text);
    expect(text).toContain(`Port ${port} is taken by another program`);

    const several = await failingStart({ PORT: String(port), WEB_CONCURRENCY: "2" });
    expect(several.code).toBe(1);
    expect(several.text).toContain(`Port ${port} is taken by another program`);
  });

  it.each([
    ["nothing listens there", async () => `postgres://foyer:secret@127.0.0.1:${await freePort()}/foyer`],
    ["the host does not exist", async () => "postgres://foyer:secret@database.invalid:5432/foyer"],
    ["the password is wrong", async () => wrongPassword(database)],
    ["there is no such database", async () => databaseUrl(inject("clusterUrl"), "nowhere")],
  ])("says within seconds that DATABASE_URL does not work: %s", async (_case, makeUrl) => {
    const { code, text, seconds } = await failingStart({ DATABASE_URL: await makeUrl() });
    expect(code).toBe(1);
    expectSentence(text);
    expect(text).toContain("Check DATABASE_URL");
    expect(text).not.toMatch(/secret|wrong-password/);
    expect(seconds).toBeLessThan(10);
  });

  it("gives up on a database that takes the connection and says nothing", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void silent.close());
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as { port: number };
    const { code, text, seconds } = await failingStart({ DATABASE_URL: `postgres://foyer:secret@127.0.0.1:${port}/x` });
    expect(code).toBe(1);
    expectSentence(text);
    expect(seconds).toBeLessThan(15);
  });
});

function wrongPassword(url: string): string {
  const wrong = new URL(url);
  wrong.password = "wrong-password";
  return wrong.href;
}

async function query(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A database without a single table. */
async function emptyDatabase(): Promise<string> {
  const name = `${inject("databasePrefix")}empty`;
  await query(inject("clusterUrl"), `CREATE DATABASE ${name}`);
  return databaseUrl(inject("clusterUrl"), name);
}
