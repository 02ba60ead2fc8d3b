/** Records the statements of a piece of work, and measures how many rows each reads for given tables. */
import pg from "pg";
import { vi } from "vitest";
import { isUniqueViolation } from "@/lib/database/client";

export interface Statement {
  /** PostgreSQL keeps the plan of a statement with a name. Others (Prisma's) are planned for each execution. */
  name?: string;
  text: string;
  values: unknown[];
}

/** The distinct statements with parameters that `work` sends, each with the values of its last call. */
export async function recordStatements(work: () => Promise<unknown>): Promise<Statement[]> {
  const found = new Map<string, Statement>();
  const { query } = pg.Client.prototype;
  const spy = vi.spyOn(pg.Client.prototype, "query").mockImplementation(function (
    this: pg.Client,
    ...given: unknown[]
  ) {
    const { name, text, values } = given[0] as Partial<Statement>;
    if (text && values?.length && /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)/i.test(text))
      found.set(text, { name, text, values });
    return (query as (...given: unknown[]) => unknown).apply(this, given);
  } as typeof query);
  try {
    await work();
    return [...found.values()];
  } finally {
    spy.mockRestore();
  }
}

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  "Index Searches"?: number;
  Plans?: PlanNode[];
}

export interface Scan {
  scan: string;
  rows: number;
}

/** Each scan of a table or index, with the number of rows that it read. */
function scansOf(node: PlanNode): Scan[] {
  const { "Actual Rows": found, "Actual Loops": loops } = node;
  const removed = (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
  const target = node["Index Name"] ?? node["Relation Name"];
  const own =
    target && node["Node Type"] !== "ModifyTable"
      ? [{ scan: `${node["Node Type"]} ${target}`, rows: (found + removed) * loops }]
      : [];
  return [...own, ...(node.Plans ?? []).flatMap(scansOf)];
}

/** A value as PostgreSQL reads it from text; null stays null. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString("hex")}`;
  if (Array.isArray(value)) return `{${value.map(elementOf).join(",")}}`;
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function elementOf(value: unknown): string {
  const text = textOf(value);
  return text === null ? "NULL" : `"${text.replace(/["\\]/g, "\\$&")}"`;
}

function literalOf(value: unknown): string {
  const text = textOf(value);
  return text === null ? "NULL" : pg.escapeLiteral(text);
}

/** Statements prepared on one connection. Those with a name get a generic plan, which PostgreSQL keeps. */
export class PreparedStatements {
  private constructor(
    private readonly client: pg.Client,
    private readonly statements: Statement[],
  ) {}

  static async open(url: string, statements: Statement[]): Promise<PreparedStatements> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    for (const [index, { text }] of statements.entries()) await client.query(`PREPARE plan${index} AS ${text}`);
    return new PreparedStatements(client, statements);
  }

  /** Executes each statement without keeping its changes. → the scans that read more than `limit` rows */
  async findLargeScans(limit: number): Promise<(Scan & { statement: string })[]> {
    const large: (Scan & { statement: string })[] = [];
    for (const [index, { name, text, values }] of this.statements.entries()) {
      const plan = await this.explain(index, values, name !== undefined);
      if (plan)
        for (const scan of scansOf(plan).filter(({ rows: read }) => read > limit))
          large.push({ statement: text, ...scan });
    }
    return large;
  }

  /** null for a row that exists already: its INSERT reads nothing. */
  private async explain(index: number, values: unknown[], isKept: boolean): Promise<PlanNode | null> {
    const execute = `EXECUTE plan${index}(${values.map(literalOf).join(", ")})`;
    await this.client.query(`BEGIN; SET LOCAL plan_cache_mode = force_${isKept ? "generic" : "custom"}_plan`);
    try {
      const { rows } = await this.client.query(`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${execute}`);
      return rows[0]["QUERY PLAN"][0].Plan;
    } catch (error) {
      if (isUniqueViolation(error)) return null;
      throw error;
    } finally {
      await this.client.query("ROLLBACK");
    }
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}
