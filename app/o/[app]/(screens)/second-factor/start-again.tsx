// Link back to the start of the sign-in, for example for another account.
import { textLinkClass } from "@/app/_ui/text-link";
import type { App } from "@/lib/apps/apps";
import { pageUrl } from "@/lib/hosted/page-urls";
import type { PendingGoal } from "@/lib/one-time/payloads";
import type { Pending } from "@/lib/signin/pending";

function startOf(app: App, goal: PendingGoal | undefined): string {
  if (goal?.type === "dashboard") return "/login";
  return goal?.type === "interaction" ? pageUrl(app, "signin", goal.id) : pageUrl(app, "account/start");
}

export function StartAgain({ app, pending: { browser, sessionId } }: { app: App; pending: Pending }) {
  const goal = browser?.goal;
  // The user is signed in, and has come from the account page.
  if (sessionId && (goal?.type === "account" || goal?.type === "dashboard")) {
    return (
      <p>
        <a href={goal.type === "dashboard" ? goal.path : pageUrl(app, "account")} className={textLinkClass}>
          Back to your account
        </a>
      </p>
    );
  }
  if (sessionId) return null;
  // The sign-in began in the app, which alone can start another one.
  if (goal?.type === "return") return <p>Not you? Go back to the app and sign in there.</p>;
  const href = startOf(app, goal);
  return (
    <p>
      Not you?{" "}
      <a href={href} className={textLinkClass}>
        Sign in with another account
      </a>
    </p>
  );
}
