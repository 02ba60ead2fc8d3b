/** The TCP port of the embedded database on 127.0.0.1. */
import { randomInt } from "node:crypto";
import { createServer } from "node:net";

// Below the range that systems use for outgoing connections, so that none of them takes the port
// while PostgreSQL is down.
const LOWEST = 15_000;
const HIGHEST = 32_000;

export async function chooseFreePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) return port;
  }
  throw new Error("The embedded PostgreSQL found no free TCP port on 127.0.0.1.");
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
