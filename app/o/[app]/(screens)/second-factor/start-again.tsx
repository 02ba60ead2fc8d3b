// Link back to the start of the sign-in, for example for another account.
import { textLinkClass } from "@/app/_ui/text-link";
import type { App } from "@/lib/apps/apps";
import { pageUrl } from "@/lib/hosted/page-urls";
import type { Pending } from "@/lib/signin/pending";

export function StartAgain({ app, pending: { browser, sessionId } }: { app: App; pending: Pending }) {
  const goal = browser?.goal;
  // The user is signed in, and has come from the account page.
  if (sessionId && goal?.type === "account") {
    return (
      <p>
        <a href={pageUrl(app, "account")} className={textLinkClass}>
          Back to your account
        </a>
      </p>
    );
  }
  if (sessionId) return null;
  const href = goal?.type === "interaction" ? pageUrl(app, "signin", goal.id) : pageUrl(app, "account/start");
  return (
    <p>
      Not you?{" "}
      <a href={href} className={textLinkClass}>
        Sign in with another account
      </a>
    </p>
  );
}
