/** What "still lives" means, for a row of "Session" or "Grant" under this alias, by the database's clock. SQL. */
export function isActive(alias: string): string {
  return `${alias}."revokedAt" IS NULL AND ${alias}."expiresAt" > now() AND ${alias}."idleExpiresAt" > now()`;
}
