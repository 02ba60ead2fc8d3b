// What a form of the second factor asks besides the code: whether to skip it in this browser for some
// days, if the app allows that, and whether the device can keep passkeys.
import type { App } from "@/lib/apps/apps";
import { worksOnHostedPages } from "@/lib/factors/passkey/site";
import type { Pending } from "@/lib/signin/pending";
import { PasskeySupport } from "../passkey-support";

export function FormExtras({ app, pending }: { app: App; pending: Pending }) {
  return (
    <>
      <Choice app={app} pending={pending} />
      {worksOnHostedPages(app.settings) && !pending.sessionId && <PasskeySupport />}
    </>
  );
}

function Choice({ app, pending }: { app: App; pending: Pending }) {
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
