/** While PostgreSQL is away: pages, documents and the log. */
import { connect, createServer, type Server as NetServer, type Socket } from "node:net";
import { createDatabase } from "../../test/support/database";
import { onCleanup } from "../support/cleanup";
import { createAppByCli } from "../support/cli";
import { signUpInDashboard } from "../support/dashboard";
import { newEmail } from "../support/people";
import { expect, test } from "../support/process";
import { startServer, until } from "../support/server";

/** A way to the database that can be closed and opened. */
async function gate(target: URL): Promise<{ url: string; close(): void; open(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: NetServer = createServer((socket) => {
    const upstream = connect(Number(target.port), "127.0.0.1");
    for (const one of [socket, upstream]) {
      sockets.add(one);
      one.on("error", () => {}).on("close", () => sockets.delete(one));
    }
    socket.pipe(upstream).pipe(socket);
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address() as { port: number };
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  onCleanup(close);
  const url = new URL(target);
  url.port = String(port);
  return { url: url.href, close, open: () => listen(port) };
}

test("pages answer 503 and reload, keys are served from memory, and the log has one line per error", async ({
  page,
}) => {
  const way = await gate(new URL(await createDatabase()));
  const server = await startServer({ DATABASE_URL: way.url, LOG_LEVEL: "info" });
  const app = await createAppByCli(server.environment);
  const jwks = `${server.url}/o/${app.id}/jwks`;
  const keys = await (await fetch(jwks)).text();
  await signUpInDashboard(page, newEmail(), server.url);
  await page.goto(`${server.url}/dashboard`);

  way.close();
  for (const path of ["/dashboard", `/o/${app.id}/account`]) {
    const response = await page.goto(server.url + path);
    expect([path, response?.status()]).toEqual([path, 503]);
    expect(response?.headers()).toMatchObject({
      refresh: expect.stringMatching(/^[25]$/),
      "x-request-id": expect.stringMatching(/^req_/),
    });
  }
  await page.goto(`${server.url}/dashboard`);
  await expect(page.getByRole("heading", { name: "Temporarily unavailable" })).toBeVisible();
  expect((await fetch(`${server.url}/api/health/ready`)).status).toBe(503);
  expect(await (await fetch(jwks)).text()).toBe(keys);

  const lines = server.output().trimEnd().split("\n").slice(1);
  const logged = lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  expect(lines.filter((line) => !line.startsWith("{") && !/^(Applied|Foyer|PostgreSQL|✓|▲)/.test(line))).toEqual([]);
  expect(server.errors()).toBe("");
  expect(logged.filter(({ err, request_id }) => err && /^req_/.test(request_id)).length).toBeGreaterThan(0);

  await way.open();
  await until(
    "the page has reloaded by itself",
    async () =>
      /dashboard/.test(page.url()) &&
      (await page.getByRole("heading", { name: "Temporarily unavailable" }).count()) === 0,
  );
  expect((await fetch(`${server.url}/_next/image?url=%2Flogo.svg&w=64&q=75`)).status).toBe(404);
  await server.stop();
});
