/** The import rules: which module may import which, read from one list. */
import { dirname, join } from "node:path";

/** Modules, lowest level first. A file belongs to the longest prefix that matches; it may import its own level and those below. */
export const LEVELS = [
  ["lib", "lib/text", "lib/crypto"],
  ["lib/database"],
  ["lib/limits"],
  ["lib/audit", "lib/mail", "lib/one-time", "emails"],
  ["lib/apps", "lib/refresh"],
  ["lib/sessions"],
  ["lib/users", "lib/claims"],
  ["lib/factors"],
  ["lib/oauth", "lib/social"],
  ["lib/signin", "lib/bot-check"],
  ["lib/account"],
  ["lib/http"],
  ["lib/hosted"],
  ["lib/oauth/endpoints"],
  ["lib/operations", "lib/server"],
  ["app", "pages", "cli", "server.ts", "proxy.ts", "instrumentation.ts"],
];

const RULES: { in: RegExp; except?: RegExp; imports: RegExp; rule: string }[] = [
  { in: /^lib\//, imports: /^next(-auth)?(\/|$)/, rule: "lib must run without Next" },
  {
    in: /./,
    except: /^lib\/database\/client\.ts$/,
    imports: /^(@prisma\/client|prisma\/generated)(\/|$)/,
    rule: "only lib/database/client.ts imports Prisma's runtime",
  },
  { in: /^(app|cli|[a-z]+\.ts$)/, imports: /^pg$/, rule: "only lib talks to the database" },
  {
    in: /^lib\//,
    except: /^lib\/(hosted\/html|mail)\//,
    imports: /^react(-dom)?(\/|$)/,
    rule: "lib imports React only where it renders HTML",
  },
  {
    in: /^app\//,
    // The quickstarts and snippets are text that shows imports.
    except: /^app\/(_server\/|.*\/(frameworks|snippets)\/)/,
    imports: /^next\/headers$/,
    rule: "only app/_server reads next/headers",
  },
  {
    in: /(^|\/)route\.tsx?$/,
    except: /^app\/api\/dashboard\//,
    imports: /^(next|react)(\/|$)/,
    rule: "route handlers are mounted on node:http, without Next",
  },
];

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)["']([^"'\n]+)["']/g;

/** The modules that a source file imports: packages by name, files by their path in the project (without extension). */
export function importsOf(file: string, source: string): string[] {
  return [...source.matchAll(IMPORT)].map(([, name = ""]) => {
    if (name.startsWith("@/")) return name.slice(2);
    return name.startsWith(".") ? join(dirname(file), name) : name;
  });
}

function levelOf(file: string): number {
  let best = { length: 0, level: -1 };
  for (const [level, modules] of LEVELS.entries()) {
    for (const module of modules) {
      const inside = file === module || `${file}.ts` === module || file.startsWith(`${module}/`);
      if (inside && module.length > best.length) best = { length: module.length, level };
    }
  }
  return best.level;
}

/** What a file may not import but does, each with its rule. */
export function violations(file: string, source: string): string[] {
  const level = levelOf(file);
  return importsOf(file, source).flatMap((name) => {
    const broken = RULES.filter((rule) => rule.in.test(file) && !rule.except?.test(file) && rule.imports.test(name));
    const upwards = level >= 0 && levelOf(name) > level ? [`${LEVELS[level]?.[0]} is below ${name}`] : [];
    return [...broken.map(({ rule }) => rule), ...upwards].map((rule) => `${file} imports ${name}: ${rule}`);
  });
}

/** Import cycles between files: each as the list of its files, the first one repeated at the end. */
export function cycles(graph: Map<string, string[]>): string[][] {
  const done = new Set<string>();
  const found: string[][] = [];
  function visit(file: string, path: string[]): void {
    if (path.includes(file)) {
      found.push([...path.slice(path.indexOf(file)), file]);
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  }
  for (const file of graph.keys()) visit(file, []);
  return found;
}
