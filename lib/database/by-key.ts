/**
 * SQL that finds a row by its primary key whatever PostgreSQL knows of the table. Without
 * statistics, or with those of another time, it expects about one row per app. It may then walk all
 * rows of an app, by any index that begins with "appId", where a key would find one.
 */

/**
 * "The row belongs to the app $1", beside a condition on the rest of the key. PostgreSQL expects
 * several rows of an app that is listed twice, so only the whole key will do. The index scan
 * removes the duplicate.
 */
export function inApp(alias: string): string {
  return `${alias}."appId" = ANY (ARRAY[$1, $1])`;
}

/**
 * The row of the app $1 with this key, to join ON true. LIMIT keeps PostgreSQL from reading the
 * rows of the app first and comparing keys afterwards.
 */
export function rowByKey(table: string, alias: string, key: string): string {
  return `LATERAL (SELECT * FROM "${table}" ${alias} WHERE ${inApp(alias)} AND ${key} LIMIT 1) ${alias}`;
}

/**
 * An expression over the row of the app $1 with this key, NULL without one. PostgreSQL reads the row
 * only if it needs the value, unlike a joined one.
 */
export function valueByKey(expression: string, table: string, alias: string, key: string): string {
  return `(SELECT ${expression} FROM "${table}" ${alias} WHERE ${inApp(alias)} AND ${key} LIMIT 1)`;
}

/** Whether the app $1 has a row with this key. EXISTS might hash all rows of the app. */
export function hasRow(table: string, alias: string, key: string): string {
  return `${valueByKey("true", table, alias, key)} IS TRUE`;
}
