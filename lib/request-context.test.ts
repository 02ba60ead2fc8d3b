import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { requestContext, withRequestContext } from "./request-context";

it("belongs to one request, across awaits, and ends with it", async () => {
  const seen = await Promise.all(
    ["req_a", "req_b"].map((requestId) =>
      withRequestContext({ requestId, ip: null, userAgent: null }, async () => {
        await sleep(1);
        return requestContext()?.requestId;
      }),
    ),
  );
  expect(seen).toEqual(["req_a", "req_b"]);
  expect(requestContext()).toBeUndefined();
});
