/** Storage adapter of oidc-provider for PostgreSQL, with one prepared statement per operation. */
import type pg from "pg";

export const TABLES = `
  CREATE TABLE "oidc" (
    "model" text NOT NULL, "id" text NOT NULL, "payload" jsonb NOT NULL, "grantId" text, "userCode" text, "uid" text,
    "expiresAt" timestamptz, "consumedAt" timestamptz, PRIMARY KEY ("model", "id"));
  CREATE INDEX ON "oidc" ("grantId") WHERE "grantId" IS NOT NULL;
  CREATE INDEX ON "oidc" ("uid") WHERE "uid" IS NOT NULL;
  CREATE INDEX ON "oidc" ("userCode") WHERE "userCode" IS NOT NULL;
  CREATE INDEX ON "oidc" ("expiresAt");
  CREATE TABLE "account" ("id" text PRIMARY KEY, "claims" jsonb NOT NULL);`;

interface Row {
  payload: Record<string, unknown>;
  consumed: number | null;
}

const COLUMNS = `"payload", extract(epoch FROM "consumedAt")::int AS "consumed"`;
const LIVE = `("expiresAt" IS NULL OR "expiresAt" > now())`;

export class PgAdapter {
  constructor(
    private readonly pool: pg.Pool,
    private readonly model: string,
  ) {}

  private async run(name: string, text: string, values: unknown[]): Promise<Row[]> {
    return (await this.pool.query<Row>({ name, text, values })).rows;
  }

  private async one(name: string, where: string, values: unknown[]): Promise<Record<string, unknown> | undefined> {
    const [row] = await this.run(name, `SELECT ${COLUMNS} FROM "oidc" WHERE ${where} AND ${LIVE}`, values);
    return row && { ...row.payload, ...(row.consumed !== null && { consumed: row.consumed }) };
  }

  async upsert(id: string, payload: Record<string, unknown>, expiresIn?: number): Promise<void> {
    await this.run(
      "upsert",
      `INSERT INTO "oidc" ("model", "id", "payload", "grantId", "userCode", "uid", "expiresAt")
       VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7::int))
       ON CONFLICT ("model", "id") DO UPDATE SET "payload" = EXCLUDED."payload", "grantId" = EXCLUDED."grantId",
         "userCode" = EXCLUDED."userCode", "uid" = EXCLUDED."uid", "expiresAt" = EXCLUDED."expiresAt"`,
      [this.model, id, payload, payload.grantId, payload.userCode, payload.uid, expiresIn],
    );
  }

  find(id: string) {
    return this.one("find", `"model" = $1 AND "id" = $2`, [this.model, id]);
  }

  findByUid(uid: string) {
    return this.one("find-by-uid", `"model" = $1 AND "uid" = $2`, [this.model, uid]);
  }

  findByUserCode(userCode: string) {
    return this.one("find-by-user-code", `"model" = $1 AND "userCode" = $2`, [this.model, userCode]);
  }

  async consume(id: string): Promise<void> {
    await this.run("consume", `UPDATE "oidc" SET "consumedAt" = now() WHERE "model" = $1 AND "id" = $2`, [
      this.model,
      id,
    ]);
  }

  async destroy(id: string): Promise<void> {
    await this.run("destroy", `DELETE FROM "oidc" WHERE "model" = $1 AND "id" = $2`, [this.model, id]);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.run("revoke", `DELETE FROM "oidc" WHERE "grantId" = $1`, [grantId]);
  }
}
