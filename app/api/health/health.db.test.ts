import { describe, expect, it, vi } from "vitest";
import { db, pool } from "@/lib/database/client";
import { call } from "@/test/support/call";
import { expectError } from "@/test/support/credentials";
import { GET as live } from "./live/route";
import { GET as ready } from "./ready/route";

const AWAY = Object.assign(new Error("connect ECONNREFUSED 10.1.2.3:5432"), { code: "ECONNREFUSED" });

describe("live", () => {
  it("responds while the process runs, even without a database", async () => {
    const query = vi.spyOn(pool(), "query").mockRejectedValue(AWAY as never);
    const answer = await call(live);
    expect(query).not.toHaveBeenCalled();
    query.mockRestore();
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ status: "ok" });
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });
});

describe("ready", () => {
  it("responds 200 with a migrated database", async () => {
    const answer = await call(ready);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ status: "ok" });
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  it("responds 503 with Retry-After if the database is unavailable, without revealing its address", async () => {
    const query = vi.spyOn(pool(), "query").mockRejectedValue(AWAY as never);
    const answer = await call(ready);
    query.mockRestore();
    expectError(answer, 503, "temporarily_unavailable");
    expect(JSON.stringify(answer.body)).not.toMatch(/10\.1\.2\.3|ECONN/);
  });

  it("responds 503 while a migration is missing", async () => {
    await db().$executeRawUnsafe(`UPDATE "_prisma_migrations" SET finished_at = NULL`);
    const answer = await call(ready);
    expectError(answer, 503, "temporarily_unavailable");
    expect(answer.body.error_description).toContain("migrat");
    await db().$executeRawUnsafe(`UPDATE "_prisma_migrations" SET finished_at = now()`);
    expect((await call(ready)).status).toBe(200);
  });
});
