import { describe, expect, it } from "vitest";
import type { RowResult } from "./result";
import { addToTally, newTally } from "./tally";

function result(row: number, status: RowResult["status"], rest: Partial<RowResult> = {}): RowResult {
  return { row, status, email: null, external_id: null, user_id: null, ...rest };
}

describe("the tally of an import", () => {
  it("counts the results and keeps the problems", () => {
    const tally = newTally();
    const invalid = result(3, "invalid", { fields: { email: "is missing" } });
    addToTally(tally, { results: [result(2, "created", { email: "a@x.org" }), invalid], ignored: ["x"] });
    addToTally(tally, { results: [result(4, "exists", { email: "b@x.org", user_id: "usr_1" })], ignored: ["x", "y"] });
    expect(tally.counts).toEqual({ created: 1, exists: 1, duplicate: 0, invalid: 1 });
    expect(tally.problems).toEqual([invalid]);
    expect([...tally.ignored]).toEqual(["x", "y"]);
  });

  it.each([
    ["email address", { email: "a@x.org" }, { email: "a@x.org" }, "email"],
    ["external ID", { email: "a@x.org", external_id: "1" }, { email: "b@x.org", external_id: "1" }, "external_id"],
    ["user", { email: "a@x.org", user_id: "usr_1" }, { email: "b@x.org", user_id: "usr_1" }, "row"],
  ])("reports the same %s in a later batch as a duplicate", (_, first, second, field) => {
    const tally = newTally();
    addToTally(tally, { results: [result(2, "created", first)], ignored: [] });
    const [seen] = addToTally(tally, { results: [result(9, "exists", second)], ignored: [] });
    expect(seen).toMatchObject({
      status: "duplicate",
      fields: { [field]: "is the same as in row 2; remove one of the two" },
    });
    expect(tally.counts).toMatchObject({ created: 1, exists: 0, duplicate: 1 });
  });

  it("treats rows without any ID as different users", () => {
    const tally = newTally();
    addToTally(tally, { results: [result(2, "created"), result(3, "created")], ignored: [] });
    expect(tally.counts.created).toBe(2);
  });
});
