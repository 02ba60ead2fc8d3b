import { afterEach, describe, expect, it, vi } from "vitest";
import { printResult } from "./print";

function printed(result: unknown, json = false): string {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  printResult(result, json);
  return write.mock.calls.map(([text]) => text).join("");
}

afterEach(() => void vi.restoreAllMocks());

describe("for a program", () => {
  it.each([[{ app_id: "app_1", ok: true, none: null }], [{ keys: [{ name: 'a"b\nc' }] }], [{}]])(
    "%j is one line of JSON and nothing else",
    (result) => {
      const text = printed(result, true);
      expect(text).toMatch(/^[^\n]*\n$/);
      expect(JSON.parse(text)).toEqual(result);
    },
  );

  it.each([["some words"], [undefined], [null]])("%j is an object too", (result) => {
    const parsed = JSON.parse(printed(result, true));
    expect(parsed).toEqual({ text: result ?? null });
  });
});

describe("for a person", () => {
  it.each<[string, unknown, string]>([
    ["names stand in a column", { app_id: "app_1", name: "Blog" }, "app_id  app_1\nname    Blog\n"],
    ["what is not there is a dash", { name: null, email: undefined }, "name   -\nemail  -\n"],
    ["things inside are indented", { checks: { a: 1 } }, "checks\n  a  1\n"],
    ["an empty list says so", { keys: [] }, "keys\n  (none)\n"],
    ["things of a list are set apart", [{ id: 1 }, { id: 2 }], "id  1\n\nid  2\n"],
    ["words of a list stand below each other", { scopes: ["a", "b"] }, "scopes\n  a\n  b\n"],
    ["false and zero are no dashes", { ok: false, count: 0 }, "ok     false\ncount  0\n"],
    ["text stands as it is", "some\nwords", "some\nwords\n"],
    ["nothing at all", {}, "\n"],
  ])("%s", (_, result, text) => expect(printed(result)).toBe(text));
});

describe("a file", () => {
  it("goes out as it is", async () => {
    let text = "";
    vi.spyOn(process.stdout, "write").mockImplementation((part, ...rest: unknown[]) => {
      text += part;
      const done = rest.find((argument) => typeof argument === "function") as (() => void) | undefined;
      done?.();
      return true;
    });
    async function* parts() {
      yield "a,b\r\n";
      yield "1,2\r\n";
    }
    await printResult(parts(), true);
    expect(text).toBe("a,b\r\n1,2\r\n");
  });
});
