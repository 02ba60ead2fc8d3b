// A TCP port of 127.0.0.1 for the embedded database.
import { randomInt } from "node:crypto";
import { createServer } from "node:net";

// Below every system's range for outgoing connections, so that none of these takes it while the database is down.
const LOWEST = 15_000;
const HIGHEST = 32_000;

export async function chooseFreePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) return port;
  }
  throw new Error("No free TCP port on 127.0.0.1 was found for the embedded PostgreSQL.");
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
