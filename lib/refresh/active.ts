/** SQL condition for an active row of "Session" or "Grant", by the database's clock. */
export function isActive(alias: string): string {
  return `${alias}."revokedAt" IS NULL AND ${alias}."expiresAt" > now() AND ${alias}."idleExpiresAt" > now()`;
}
