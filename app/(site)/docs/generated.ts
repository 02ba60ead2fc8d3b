/** Generated tables: replaces `<!-- error codes -->` in a page with a table made from the code. */
import { ERRORS, OAUTH_ERRORS } from "@/lib/http/openapi/errors";

interface Refusal {
  status: number;
  code?: string;
  when: string;
}

function errorTable(errors: Record<string, Refusal>): string {
  const rows = Object.entries(errors).map(([name, { status, code = name, when }]) => [status, code, when] as const);
  rows.sort(([a], [b]) => a - b);
  const lines = rows.map(([status, code, when]) => `| \`${code}\` | ${status} | ${when} |`);
  return ["| Code | Status | Cause |", "|---|---|---|", ...lines].join("\n");
}

const TABLES: Record<string, () => string> = {
  "error codes": () => errorTable(ERRORS),
  "provider error codes": () => errorTable(OAUTH_ERRORS),
};

/** @throws Error if a page names an unknown table */
export function insertTables(markdown: string): string {
  return markdown.replace(/^<!-- (.+) -->$/gm, (_, name: string) => {
    const make = TABLES[name];
    if (!make) throw new Error(`The documentation names an unknown table: ${name}`);
    return make();
  });
}
