/** Boots Foyer under Next alone (`next start`, `next dev`, serverless hosts). Behind server.ts it does nothing. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || process.env.NEXT_PHASE === "phase-production-build") return;
  const { boot } = await import("./lib/operations/boot");
  await boot("server");
}
