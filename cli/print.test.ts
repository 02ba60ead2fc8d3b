import { afterEach, describe, expect, it, vi } from "vitest";
import type { Command, Flags } from "./command";
import { printResult } from "./print";

const FLAGS: Flags = { text: String, optional: () => undefined, list: () => [], on: () => false };
const plain: Command = { name: "apps show", help: "", flags: {}, run: async () => null };
const table: Command = { ...plain, columns: ["app_id", "name", "created_at", "tags", "disabled"] };

/** What a command prints to stdout. */
async function printed(result: unknown, { json = false, command = plain, flags = FLAGS } = {}): Promise<string> {
  let text = "";
  vi.spyOn(process.stdout, "write").mockImplementation((part, ...rest: unknown[]) => {
    text += part;
    const done = rest.find((argument) => typeof argument === "function") as (() => void) | undefined;
    done?.();
    return true;
  });
  await printResult(command, result, flags, json);
  return text;
}

// Each pipeline listens to stdout, which is one stream for all tests.
process.stdout.setMaxListeners(100);
afterEach(() => void vi.restoreAllMocks());

describe("with --json", () => {
  it.each([[{ app_id: "app_1", ok: true, none: null }], [{ keys: [{ name: 'a"b\nc' }] }], [{}]])(
    "prints %j as one line of JSON",
    async (result) => {
      const text = await printed(result, { json: true });
      expect(text).toMatch(/^[^\n]*\n$/);
      expect(JSON.parse(text)).toEqual(result);
    },
  );

  it.each([["some words"], [undefined], [null]])("prints %j as an object", async (result) => {
    const parsed = JSON.parse(await printed(result, { json: true }));
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
  ])("%s", async (_, result, text) => expect(await printed(result)).toBe(text));
});

describe("a list is a table", () => {
  const apps = [
    { app_id: "app_1", name: "Blog", created_at: "2026-11-30T20:07:13.855Z", tags: ["a", "b"], disabled: false, x: 1 },
    { app_id: "app_22", name: "写真館", created_at: null, tags: [], disabled: true },
  ];
  const expected = [
    "APP ID  NAME    CREATED AT         TAGS  DISABLED",
    "app_1   Blog    2026-11-30 20:07Z  a b   no",
    "app_22  写真館  -                  -     yes",
    "",
  ].join("\n");

  it("with the command's columns, aligned also for wide letters", async () =>
    expect(await printed({ apps }, { command: table })).toBe(expected));

  it("with the rest of the result above it", async () =>
    expect(await printed({ ok: true, apps }, { command: table })).toBe(`ok  true\n\n${expected}`));

  it("and says how to see the next page", async () => {
    const text = await printed({ data: apps, next_cursor: "abc" }, { command: table });
    expect(text).toBe(`${expected}\nThere are more. Add: --cursor abc\n`);
    expect(await printed({ data: apps, next_cursor: null }, { command: table })).toBe(expected);
  });

  it("without line breaks in a cell", async () =>
    expect(await printed({ apps: [{ name: "a\nb\u001b[31m" }] }, { command: { ...plain, columns: ["name"] } })).toBe(
      "NAME\na b [31m\n",
    ));

  it("also when it is empty", async () => expect(await printed({ apps: [] }, { command: table })).toBe("(none)\n"));

  it("but with --json, complete JSON", async () =>
    expect(JSON.parse(await printed({ apps }, { command: table, json: true }))).toEqual({ apps }));
});

it("prints what the command displays, and with --json the whole result", async () => {
  const command: Command<unknown> = { ...plain, display: () => "short" };
  expect(await printed({ long: 1 }, { command })).toBe("short\n");
  expect(await printed({ long: 1 }, { command, json: true })).toBe('{"long":1}\n');
});

it("doesn't fail when the reader closes the pipe", async () => {
  vi.spyOn(process.stdout, "write").mockImplementation((_, ...rest: unknown[]) => {
    const done = rest.find((argument) => typeof argument === "function") as ((error: Error) => void) | undefined;
    done?.(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
    return false;
  });
  process.nextTick(() => process.stdout.emit("error", Object.assign(new Error("write EPIPE"), { code: "EPIPE" })));
  await expect(printResult(plain, { a: 1 }, FLAGS, false)).resolves.toBeUndefined();
});

describe("a file", () => {
  it("is streamed unchanged", async () => {
    async function* parts() {
      yield "a,b\r\n";
      yield "1,2\r\n";
    }
    expect(await printed(parts(), { json: true })).toBe("a,b\r\n1,2\r\n");
  });
});
