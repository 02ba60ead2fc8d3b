/** `next start` on the same database, beside the server. */
import { join } from "node:path";
import { freePort, type Ground, type Program, startProgram } from "./ground";

export async function startNext({ environment, shared }: Ground): Promise<Program> {
  const next = join(process.cwd(), "node_modules", "next", "dist", "bin", "next");
  const port = await freePort();
  const env = { ...environment, ...shared, PORT: String(port), PUBLIC_URL: `http://localhost:${environment.PORT}` };
  return startProgram([process.execPath, next, "start", "-p", String(port)], port, env, "Ready in");
}
