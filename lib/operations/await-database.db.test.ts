import { createServer } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { runtimeDatabaseUrl } from "../env";
import { StartError } from "../errors";
import { awaitDatabase } from "./await-database";

const silent = createServer();
afterAll(() => silent.close());

async function attempt(url: string, limitMs = 0) {
  const lines: string[] = [];
  const started = performance.now();
  const result = await awaitDatabase({ variable: "DATABASE_URL", url, limitMs, report: (line) => lines.push(line) })
    .then((used) => ({ used }))
    .catch((error: Error) => ({ error }));
  return { ...result, lines, seconds: (performance.now() - started) / 1000 };
}

const errorOf = (result: object) => (result as { error: Error }).error;

describe("awaitDatabase", () => {
  it("returns the URL of a server that works, without a word", async () => {
    expect(await attempt(runtimeDatabaseUrl())).toMatchObject({ used: runtimeDatabaseUrl(), lines: [] });
  });

  it("waits for a server that isn't up, and says so once a second", async () => {
    const result = await attempt("postgres://foyer:secret@127.0.0.1:1/foyer", 2500);
    expect(result.lines).toHaveLength(3);
    expect(result.lines[0]).toMatch(/^Waiting for the database 127\.0\.0\.1:1\/foyer: .*ECONNREFUSED/);
    const error = errorOf(result);
    expect(error).toBeInstanceOf(StartError);
    expect(error.message).toMatch(/^The database 127\.0\.0\.1:1\/foyer cannot be used \(.+\)\. Check DATABASE_URL/);
    expect(error.message).not.toContain("secret");
  });

  it("uses the server as soon as it is up", async () => {
    const waiting = attempt("postgres://foyer:secret@database.invalid/foyer", 1500);
    expect((await waiting).lines[0]).toContain("Waiting");
    const url = new URL(runtimeDatabaseUrl());
    const hosts = `127.0.0.1:1,${url.host}`;
    expect(await attempt(runtimeDatabaseUrl().replace(url.host, hosts))).toMatchObject({ used: url.href });
  });

  it.each([
    ["the password is wrong", (url: URL) => Object.assign(url, { password: "wrong-password" })],
    ["the database doesn't exist", (url: URL) => Object.assign(url, { pathname: "/nowhere" })],
  ])("fails at once if %s", async (_, change) => {
    const result = await attempt(change(new URL(runtimeDatabaseUrl())).href, 60_000);
    expect(errorOf(result).message).toContain("Check DATABASE_URL");
    expect(errorOf(result).message).not.toContain("wrong-password");
    expect(result.seconds).toBeLessThan(2);
  });

  it("doesn't hang on a server that accepts the connection and never responds", async () => {
    silent.listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as { port: number };
    const result = await attempt(`postgres://foyer:secret@127.0.0.1:${port}/x`);
    expect(errorOf(result)).toBeInstanceOf(StartError);
    expect(result.seconds).toBeLessThan(4);
  });
});
