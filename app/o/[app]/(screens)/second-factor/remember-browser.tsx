// The choice to skip the second factor in this browser for some days, if the app allows it.
import type { App } from "@/lib/apps/apps";
import type { Pending } from "@/lib/signin/pending";

export function RememberBrowser({ app, pending }: { app: App; pending: Pending }) {
  const days = app.settings.mfa_remember_days;
  // A step-up asks for a factor whatever the browser remembers.
  if (days === 0 || pending.sessionId) return null;
  return (
    <label className="flex cursor-pointer items-center gap-3 text-sm pointer-coarse:min-h-10">
      <input type="checkbox" name="remember" value="1" className="size-4.5 shrink-0 accent-accent" />
      <span>
        Don’t ask again in this browser for {days} {days === 1 ? "day" : "days"}
      </span>
    </label>
  );
}
