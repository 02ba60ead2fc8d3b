/** Tables of a page that are made from the code: where its file says `<!-- error codes -->`. */
import { ERRORS, OAUTH_ERRORS } from "@/lib/http/openapi/errors";

interface Refusal {
  status: number;
  code?: string;
  when: string;
}

function table(errors: Record<string, Refusal>): string {
  const rows = Object.entries(errors).map(([name, { status, code = name, when }]) => [status, code, when] as const);
  rows.sort(([a], [b]) => a - b);
  const lines = rows.map(([status, code, when]) => `| \`${code}\` | ${status} | ${when} |`);
  return ["| code | status | comes when |", "|---|---|---|", ...lines].join("\n");
}

const TABLES: Record<string, () => string> = {
  "error codes": () => table(ERRORS),
  "provider error codes": () => table(OAUTH_ERRORS),
};

/** @throws Error when a page asks for a table that there is not */
export function withGenerated(markdown: string): string {
  return markdown.replace(/^<!-- (.+) -->$/gm, (_, name: string) => {
    const make = TABLES[name];
    if (!make) throw new Error(`The documentation asks for a table that there is not: ${name}`);
    return make();
  });
}
