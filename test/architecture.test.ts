/** The rules of the code's structure: imports, cycles, the clock, route handlers. Each rule is proved by a deliberate violation. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { cycles, importsOf, LEVELS, violations } from "./support/imports";

const ROOT = join(import.meta.dirname, "..");

/** A deliberate violation of each kind: a file, and what it may not import. */
const VIOLATIONS = [
  ["lib/database/cache.ts", "../apps/apps"],
  ["lib/apps/a.ts", "@/lib/signin/complete"],
  ["lib/oauth/grants/a.ts", "../endpoints/authorize"],
  ["lib/hosted/html/a.ts", "../../operations/boot"],
  ["lib/http/a.ts", "@/app/_ui/button"],
  ["lib/ids.ts", "./database/client"],
  ["lib/users/a.ts", "next/headers"],
  ["lib/users/a.ts", "next"],
  ["lib/signin/a.ts", "next-auth/jwt"],
  ["lib/users/a.ts", "@/prisma/generated/client"],
  ["lib/users/a.ts", "@prisma/client/runtime"],
  ["lib/users/a.ts", "react-dom/server"],
  ["lib/http/a.ts", "react"],
  ["app/o/a/route.ts", "next/server"],
  ["app/o/a/route.tsx", "react"],
  ["app/o/a/route.ts", "@/prisma/generated/client"],
  ["app/(site)/page.tsx", "next/headers"],
  ["app/(site)/page.tsx", "pg"],
  ["app/_server/a.ts", "@prisma/client"],
  ["server.ts", "pg"],
] as const;

const ALLOWED = [
  ["lib/database/client.ts", "@/prisma/generated/client"],
  ["lib/database/client.ts", "pg"],
  ["lib/signin/a.ts", "../users/users"],
  ["lib/apps/a.ts", "../audit/events"],
  ["lib/oauth/endpoints/a.ts", "../grants/list"],
  ["lib/hosted/html/a.tsx", "react"],
  ["app/_server/a.ts", "next/headers"],
  ["app/(site)/page.tsx", "next/navigation"],
  ["app/api/dashboard/auth/route.ts", "next/server"],
  ["app/o/a/route.ts", "@/lib/http/route"],
] as const;

const sentence = (name: string) => `import { x } from "${name}";`;

describe("imports", () => {
  const upwards = LEVELS.flatMap((modules, level) =>
    LEVELS.slice(level + 1).flatMap((above) => modules.map((module) => [module, above[0] ?? ""] as const)),
  );

  it.each(upwards)("rejects an import of %s from the higher module %s", (module, above) => {
    expect(violations(`${module}/a.ts`, sentence(`@/${above}/x`))).toHaveLength(1);
  });

  it.each(VIOLATIONS)("rejects the deliberate violation: %s imports %s", (file, name) => {
    expect(violations(file, sentence(name))).not.toEqual([]);
  });

  it.each([`export { x } from "../signin/x";`, `import type { X } from "../signin/x";`, `await import("../signin/x")`])(
    "finds every spelling of an import: %s",
    (code) => expect(violations("lib/apps/a.ts", code)).toHaveLength(1),
  );

  it.each(ALLOWED)("allows %s to import %s", (file, name) => {
    expect(violations(file, sentence(name))).toEqual([]);
  });

  it("has no violation in the project", async () => {
    expect([...(await sources())].flatMap(([file, text]) => violations(file, text))).toEqual([]);
  });

  it("has no cycle between files", async () => {
    const files = await sources();
    const fileOf = (name: string) => [name, `${name}.ts`, `${name}.tsx`].find((file) => files.has(file));
    const targets = ([file, text]: [string, string]) => importsOf(file, text).flatMap((name) => fileOf(name) ?? []);
    const found = cycles(new Map([...files].map((entry) => [entry[0], targets(entry)])));
    expect(found, JSON.stringify(found)).toEqual([]);
  });

  it("finds a deliberate cycle", () => {
    expect(
      cycles(
        new Map([
          ["a.ts", ["b.ts"]],
          ["b.ts", ["c.ts"]],
          ["c.ts", ["b.ts"]],
        ]),
      ),
    ).toEqual([["b.ts", "c.ts", "b.ts"]]);
  });
});

const FOLDERS = ["app", "cli", "emails", "lib"];
const FILES = ["server.ts", "proxy.ts", "instrumentation.ts"];

/** The source files of the product, by their path in the project. */
async function sources(...folders: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const folder of folders.length > 0 ? folders : FOLDERS) {
    for (const entry of await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || /\.(test|d)\.tsx?$/.test(entry.name)) continue;
      const file = join(entry.parentPath, entry.name);
      found.set(relative(ROOT, file), await readFile(file, "utf8"));
    }
  }
  for (const file of folders.length > 0 ? [] : FILES) found.set(file, await readFile(join(ROOT, file), "utf8"));
  return found;
}

const READS_THE_CLOCK = /\bDate\.now\b|\bnew Date\(\s*\)|\bnew Date(?!\s*[(\w])|(?<!new )\bDate\(\s*\)/;

describe("the clock", () => {
  it.each(["Date.now()", "[].map(Date.now)", "new Date()", "new Date( )", "return new Date;", "String(Date())"])(
    "finds a reader of the clock in %s",
    (code) => expect(code).toMatch(READS_THE_CLOCK),
  );

  it.each(["new Date(nowMs())", "new Date(row.at)", "now()", "const x: Date = y", "z.date()"])(
    "finds no reader of the clock in %s",
    (code) => expect(code).not.toMatch(READS_THE_CLOCK),
  );

  it("is read only in lib/clock.ts, so that a test can stop it", async () => {
    const all = await sources("lib", "app");
    all.set("server.ts", await readFile(join(ROOT, "server.ts"), "utf8"));
    expect(all.size).toBeGreaterThan(50);
    const readers = [...all].filter(([, text]) => READS_THE_CLOCK.test(text)).map(([file]) => file);
    expect(readers).toEqual(["lib/clock.ts"]);
  });
});

describe("process state", () => {
  it("has one module per name, so that no two modules share a state by accident", async () => {
    const uses = [...(await sources("lib", "app"))].flatMap(([, text]) =>
      [...text.matchAll(/processState(?:<[^(]*>)?\(\s*["`]([^"`]+)/g)].map(([, name]) => name),
    );
    expect(uses.length).toBeGreaterThan(25);
    expect(uses.filter((name, index) => uses.indexOf(name) !== index)).toEqual([]);
  });
});

describe("route handlers", () => {
  it("contain no rules: a handler names its guard, its schema and its operation", async () => {
    const routes = [...(await sources("app"))].filter(
      ([file]) => /^app\/(api|o|\.well-known)\//.test(file) && /(^|\/)route\.tsx?$/.test(file),
    );
    expect(routes.length).toBeGreaterThan(50);
    const long = routes.filter(([, text]) => text.split("\n").length > 60).map(([file]) => file);
    expect(long).toEqual([]);
  });
});

describe("Server Actions", () => {
  const INLINE = /[{(]\s*["']use server["']/;

  it.each(["async function save() { 'use server'; }", 'action={async () => {\n  "use server";'])(
    "finds an inline action: %s",
    (code) => expect(code).toMatch(INLINE),
  );

  it("are never inline, so that no captured variable is encrypted with the build's public key", async () => {
    const inline = [...(await sources("app"))].filter(([, text]) => INLINE.test(text)).map(([file]) => file);
    expect(inline).toEqual([]);
  });
});
