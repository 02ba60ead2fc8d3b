// What the bot check is doing, for everyone and for screen readers.
import { CircleAlert } from "lucide-react";
import { Spinner } from "../spinner";
import type { CheckStatus } from "./use-checked-submit";

const FAILED = "We couldn’t check that you’re not a robot. Check your connection, then try again.";

export function CheckStatusLine({ status, failed = FAILED }: { status: CheckStatus; failed?: string }) {
  return (
    <div role="status" className="text-sm empty:hidden">
      {status === "working" && (
        <p className="flex items-center gap-2.5 text-ink-muted">
          <Spinner className="size-4 shrink-0" />
          Checking that you’re not a robot…
        </p>
      )}
      {status === "failed" && (
        <p className="flex gap-2.5 rounded-md bg-danger-soft px-3.5 py-2.5 text-danger">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
          <span>{failed}</span>
        </p>
      )}
    </div>
  );
}
