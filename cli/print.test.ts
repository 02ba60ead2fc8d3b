import { afterEach, describe, expect, it, vi } from "vitest";
import { printResult } from "./print";

function printed(result: unknown, json = false): string {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  printResult(result, json);
  return write.mock.calls.map(([text]) => text).join("");
}

afterEach(() => void vi.restoreAllMocks());

describe("with --json", () => {
  it.each([[{ app_id: "app_1", ok: true, none: null }], [{ keys: [{ name: 'a"b\nc' }] }], [{}]])(
    "prints %j as one line of JSON",
    (result) => {
      const text = printed(result, true);
      expect(text).toMatch(/^[^\n]*\n$/);
      expect(JSON.parse(text)).toEqual(result);
    },
  );

  it.each([["some words"], [undefined], [null]])("prints %j as an object", (result) => {
    const parsed = JSON.parse(printed(result, true));
    expect(parsed).toEqual({ text: result ?? null });
  });
});

describe("without --json, the output", () => {
  it.each<[string, unknown, string]>([
    ["has names in a column", { app_id: "app_1", name: "Blog" }, "app_id  app_1\nname    Blog\n"],
    ["shows absent values as a dash", { name: null, email: undefined }, "name   -\nemail  -\n"],
    ["indents nested objects", { checks: { a: 1 } }, "checks\n  a  1\n"],
    ["marks an empty list", { keys: [] }, "keys\n  (none)\n"],
    ["separates the objects of a list", [{ id: 1 }, { id: 2 }], "id  1\n\nid  2\n"],
    ["shows the strings of a list in lines", { scopes: ["a", "b"] }, "scopes\n  a\n  b\n"],
    ["shows false and zero", { ok: false, count: 0 }, "ok     false\ncount  0\n"],
    ["shows text unchanged", "some\nwords", "some\nwords\n"],
    ["is empty for an empty object", {}, "\n"],
  ])("%s", (_, result, text) => expect(printed(result)).toBe(text));
});

describe("a file", () => {
  it("is streamed unchanged", async () => {
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
