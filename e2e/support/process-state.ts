/** What the process keeps once and for all, as lib/process-state.ts does, made anew. */
export function forgetState(...names: string[]): void {
  for (const name of names) delete (globalThis as Record<symbol, unknown>)[Symbol.for(`foyer/${name}`)];
}
