/**
 * `npm start` on a built checkout: its duration, including the start of the database, and its
 * memory.
 */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findPostmaster } from "@/lib/database/embedded/postmaster";
import { freePort, scratchEnvironment, scratchFolder, startProgram } from "./ground";
import { pssMb, tree } from "./processes";

const IDLE_SECONDS = 10;

export interface Start {
  readyMs: number;
  serverMb: number | null;
  databaseMb: number | null;
}

async function idleMemory(npm: number, dataDir: string): Promise<Omit<Start, "readyMs">> {
  await sleep(IDLE_SECONDS * 1000);
  const postgres = await findPostmaster(join(dataDir, "postgres", "cluster"));
  // npm's own process is the parent of the server and isn't counted.
  return { serverMb: pssMb(tree(npm).slice(1)), databaseMb: postgres && pssMb(tree(postgres.pid)) };
}

export async function measureStart(cost: number): Promise<Start> {
  const { dataDir, close } = scratchFolder();
  const times: number[] = [];
  let memory: Omit<Start, "readyMs"> = { serverMb: null, databaseMb: null };
  // The first start creates the database.
  for (const turn of ["make", "time", "time and memory"]) {
    const port = await freePort();
    const server = await startProgram(
      ["npm", "start"],
      port,
      scratchEnvironment(dataDir, port, cost),
      "Foyer is ready",
    );
    if (turn !== "make") times.push(server.readyMs);
    if (turn === "time and memory") memory = await idleMemory(server.pid, dataDir);
    await server.stop();
  }
  await close();
  return { readyMs: Math.min(...times), ...memory };
}
