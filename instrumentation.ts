/** Under Next alone (serverless hosts, `next start`, `next dev`) this boots; behind server.ts it finds the work done. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || process.env.NEXT_PHASE === "phase-production-build") return;
  const { boot } = await import("./lib/operations/boot");
  await boot("server");
}
