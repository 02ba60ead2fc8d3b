/** What the forms of the second factor need. */
import type { App } from "@/lib/apps/apps";
import type { Pending } from "@/lib/signin/pending";

export type WayProps = {
  app: App;
  pending: Pending;
  /** What was wrong with the last code. */
  problem?: string;
  /** Whether a code was just emailed. */
  sent: boolean;
};
