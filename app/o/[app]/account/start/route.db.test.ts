import { afterEach, expect, it, vi } from "vitest";
import { invalidate } from "@/lib/database/cache";
import { pool } from "@/lib/database/client";
import { someApp } from "@/test/support/factories";
import { send } from "@/test/support/oauth";

afterEach(() => vi.restoreAllMocks());

it("is a page that reloads while the database is unavailable", async () => {
  const app = await someApp();
  const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  vi.spyOn(pool(), "connect").mockImplementation(((callback?: (error: Error) => void) =>
    callback ? callback(refused) : Promise.reject(refused)) as never);
  invalidate(app.id);
  const answer = await send(`/o/${app.id}/account/start`);
  expect(answer.status).toBe(503);
  expect(answer.headers.get("content-type")).toContain("text/html");
  expect([answer.headers.get("retry-after"), answer.headers.get("refresh")]).toEqual(["2", "2"]);
});
