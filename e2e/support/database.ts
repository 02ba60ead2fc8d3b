/** SQL on the database of a server, for what no interface does: past dates, row counts. */
import pg from "pg";
import type { Json } from "./app";
import type { Server } from "./server";

export async function query(server: Pick<Server, "environment">, sql: string, values: unknown[] = []): Promise<Json[]> {
  const client = new pg.Client({ connectionString: server.environment.DATABASE_URL });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}
