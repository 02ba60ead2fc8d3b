/** The result of a bot check. */
export type Verdict =
  /** `id` identifies the solution, which works once. */
  | { outcome: "passed"; id: string; expiresAt: Date }
  | { outcome: "failed"; reason: string }
  /** The check can't be made: the user isn't to blame. */
  | { outcome: "unavailable"; reason: string; description: string };
