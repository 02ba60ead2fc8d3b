/** The rules of the house, each with a proof that it bites: a violation on purpose must be refused. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const ROOT = import.meta.dirname;

const NEXT = "lib knows nothing of Next";
const PRISMA = "Prisma's runtime is imported by lib/db.ts alone";
const USERS_OF_LIB = "lib does not know who uses it";
const ONE_WAY = "Imports go one way";
const REACT = "React only where HTML is made";
const DATABASE = "The database is lib's";
const HEADERS = "next/headers is read in app/_edge alone";
const HANDLER = "A route handler is mounted on node:http";
const ENVIRONMENT = "process.env";

/** Rooms, the lowest first. Each may import those before it, and none after. */
const ROOMS = [
  ["crypto", "postgres"],
  ["mail", "audit", "one-time"],
  ["apps", "sessions"],
  ["users"],
  ["social", "oauth"],
  ["signin"],
  ["account"],
  ["http"],
  ["operations", "server"],
];

const upwards = ROOMS.flatMap((rooms, level) =>
  rooms.flatMap((room) =>
    ROOMS.slice(level + 1)
      .flat()
      .flatMap((above) => [
        [`lib/${room}/a.ts`, `import { x } from "../${above}/x";`, ONE_WAY] as const,
        [`lib/${room}/a.ts`, `import { x } from "@/lib/${above}/x";`, ONE_WAY] as const,
      ]),
  ),
);

const VIOLATIONS: (readonly [file: string, line: string, rule: string])[] = [
  ...upwards,
  ["lib/cache.ts", `import { x } from "./apps/apps";`, ONE_WAY],
  ["lib/apps/a.ts", `import type { X } from "../signin/complete";`, ONE_WAY],
  ["lib/apps/a.ts", `export { x } from "../signin/complete";`, ONE_WAY],
  ["lib/apps/a.ts", `const { x } = await import("../signin/complete");`, ONE_WAY],
  ["lib/http/html/a.ts", `import { x } from "../../operations/boot";`, ONE_WAY],
  ...[
    "lib/a.ts",
    "lib/apps/a.ts",
    "lib/audit/a.ts",
    "lib/users/a.ts",
    "lib/oauth/grants/a.ts",
    "lib/signin/a.ts",
    "lib/account/a.ts",
    "lib/http/a.ts",
    "lib/operations/a.ts",
    "lib/server/a.ts",
  ].flatMap((file) => [
    [file, `import { x } from "next/headers";`, NEXT] as const,
    [file, `import x from "next";`, NEXT] as const,
    [file, `import { x } from "next-auth/jwt";`, NEXT] as const,
    [file, `import { x } from "@/prisma/generated/client";`, PRISMA] as const,
    [file, `import { x } from "@prisma/client/runtime";`, PRISMA] as const,
    [file, `import { x } from "@/app/_ui/button";`, USERS_OF_LIB] as const,
    [file, `export const x = process.env.HOME;`, ENVIRONMENT] as const,
  ]),
  ["lib/db.ts", `import { x } from "./apps/apps";`, ONE_WAY],
  ["lib/db.ts", `import { x } from "next/cache";`, NEXT],
  ["lib/http/a.ts", `import { x } from "react";`, REACT],
  ["lib/users/a.ts", `import { x } from "react-dom/server";`, REACT],
  ["app/o/a/route.ts", `import { x } from "next/server";`, HANDLER],
  ["app/o/a/route.tsx", `import { x } from "next/navigation";`, HANDLER],
  ["app/o/a/route.ts", `import { x } from "@/prisma/generated/client";`, DATABASE],
  ["app/(site)/page.tsx", `import { x } from "next/headers";`, HEADERS],
  ["app/(site)/page.tsx", `import x from "pg";`, DATABASE],
  ["app/_edge/a.ts", `import { x } from "@/prisma/generated/client";`, DATABASE],
  ["server.ts", `import x from "pg";`, DATABASE],
  ["app/(site)/page.tsx", `export const x = process.env.HOME;`, ENVIRONMENT],
];

const ALLOWED: (readonly [file: string, line: string])[] = [
  ["lib/db.ts", `import { x } from "@/prisma/generated/client";`],
  ["lib/env.ts", `export const x = process.env.HOME;`],
  ["lib/signin/a.ts", `import { x } from "../users/users";`],
  ["lib/apps/a.ts", `import { x } from "../audit/events";`],
  ["lib/apps/a.test.ts", `import { x } from "@/e2e/support/call";`],
  ["lib/http/html/a.tsx", `import { x } from "react";`],
  ["lib/mail/a.tsx", `import { x } from "react";`],
  ["app/_edge/a.ts", `import { x } from "next/headers";`],
  ["app/(site)/page.tsx", `import { x } from "next/navigation";`],
  ["app/o/a/route.ts", `import { x } from "@/lib/http/route";`],
];

interface Diagnostic {
  message: string;
  category: string;
  location: { path: string };
}

type Case = readonly [file: string, line: string, ...rest: unknown[]];

const biome = join(ROOT, "node_modules", "@biomejs", "biome", "bin", "biome");

/** What our linter says of files in a house that is otherwise empty: for each case, which rules of the house refuse it. */
async function lint(cases: readonly Case[]): Promise<string[][]> {
  const house = await mkdtemp(join(tmpdir(), "foyer-architecture-"));
  try {
    for (const file of ["biome.json", ".gitignore"]) await cp(join(ROOT, file), join(house, file));
    const files = cases.map(([file], index) => (cases.length > 1 ? oneOfMany(file, index) : file));
    for (const [index, file] of files.entries()) {
      await mkdir(dirname(join(house, file)), { recursive: true });
      await writeFile(join(house, file), `${cases[index]?.[1]}\n`);
    }
    const args = [biome, "lint", "--reporter=json", "--max-diagnostics=none", "."];
    // It ends with 1 when it refuses something; what it says is then on stdout all the same.
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: house, maxBuffer: 1 << 26 }).catch(
      (error) => error,
    );
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
    const ours = diagnostics.filter(({ category }) => /noRestrictedImports|noProcessEnv/.test(category));
    return files.map((file) => ours.filter(({ location }) => location.path === file).map(({ message }) => message));
  } finally {
    await rm(house, { recursive: true, force: true });
  }
}

/** In the same room under another name; routes and pages, which are known by their name, one folder deeper. */
function oneOfMany(file: string, index: number): string {
  const named = /(^|\/)(route|page)\.tsx?$/.test(file);
  return join(dirname(file), named ? `case-${index}/${basename(file)}` : `case-${index}-${basename(file)}`);
}

/** These are known to the rules by their whole name. */
const isUnique = ([file]: Case) => ["lib/db.ts", "lib/env.ts", "server.ts"].includes(file);

describe("imports", () => {
  it("against the rules are refused, each by its rule", async () => {
    const cases = VIOLATIONS.filter((violation) => !isUnique(violation));
    const said = await lint(cases);
    expect(cases.length).toBeGreaterThan(100);
    expect(cases.filter(([, , rule], index) => !said[index]?.some((message) => message.includes(rule)))).toEqual([]);
  });

  it("within the rules pass", async () => {
    const cases = ALLOWED.filter((allowed) => !isUnique(allowed));
    const said = await lint(cases);
    expect(cases.filter((_, index) => said[index]?.length !== 0)).toEqual([]);
  });

  it.each(VIOLATIONS.filter(isUnique))("of %s are judged by its own rules: %s is refused", async (...violation) => {
    const [said] = await lint([violation]);
    expect(said?.join()).toContain(violation[2]);
  });

  it.each(ALLOWED.filter(isUnique))("of %s are judged by its own rules: %s passes", async (...allowed) => {
    expect(await lint([allowed])).toEqual([[]]);
  });
});

/** The sources of the product, by their path in the project. */
async function sources(...folders: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const folder of folders) {
    for (const entry of await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || /\.(test|d)\.tsx?$/.test(entry.name)) continue;
      const file = join(entry.parentPath, entry.name);
      found.set(relative(ROOT, file), await readFile(file, "utf8"));
    }
  }
  return found;
}

const READS_THE_CLOCK = /\bDate\.now\b|\bnew Date\(\s*\)|\bnew Date(?!\s*[(\w])|(?<!new )\bDate\(\s*\)/;

describe("the clock", () => {
  it.each(["Date.now()", "[].map(Date.now)", "new Date()", "new Date( )", "return new Date;", "String(Date())"])(
    "is read by %s",
    (code) => expect(code).toMatch(READS_THE_CLOCK),
  );

  it.each(["new Date(nowMs())", "new Date(row.at)", "now()", "const x: Date = y", "z.date()"])(
    "is not read by %s",
    (code) => expect(code).not.toMatch(READS_THE_CLOCK),
  );

  it("is read in lib/clock.ts alone, so that a test can stop it", async () => {
    const all = await sources("lib", "app");
    all.set("server.ts", await readFile(join(ROOT, "server.ts"), "utf8"));
    expect(all.size).toBeGreaterThan(50);
    const readers = [...all].filter(([, text]) => READS_THE_CLOCK.test(text)).map(([file]) => file);
    expect(readers).toEqual(["lib/clock.ts"]);
  });
});

describe("route handlers", () => {
  const IMPORTS_NEXT = /\b(?:from|import|require)\s*\(?\s*["'](?:next|react)(?:\/|["'])/;

  it("use nothing of Next, for they are mounted on node:http", async () => {
    const routes = [...(await sources("app"))].filter(([file]) => /(^|\/)route\.tsx?$/.test(file));
    const own = routes.filter(([file]) => !file.startsWith(join("app", "api", "dashboard")));
    expect(own.length).toBeGreaterThan(8);
    expect(own.filter(([, text]) => IMPORTS_NEXT.test(text)).map(([file]) => file)).toEqual([]);
  });

  it("hold no rule: a handler is a sentence that names its guard, its schema and its verb", async () => {
    const routes = [...(await sources("app/api", "app/o", "app/.well-known"))].filter(([file]) =>
      /(^|\/)route\.tsx?$/.test(file),
    );
    const long = routes.filter(([, text]) => text.split("\n").length > 60).map(([file]) => file);
    expect(long).toEqual([]);
  });
});
