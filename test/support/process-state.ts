/** What the process keeps once and for all, as lib/process-state.ts does, made anew. */
export function forgetState(...names: string[]): void {
  const kept = (globalThis as Record<symbol, unknown>)[Symbol.for("foyer")] as Map<string, unknown> | undefined;
  for (const name of names) kept?.delete(name);
}
