// Asks for a fresh sign-in, for users who have no password to confirm an action with.
import { buttonClass } from "@/app/_ui/button";
import type { App } from "@/lib/apps/apps";
import type { AccountPage } from "@/lib/oauth/authorize/interaction";

type SignInAgainProps = {
  app: App;
  /** The page that the user returns to. */
  page: AccountPage;
  /** What the user wants to do: "delete your account". */
  what: string;
};

export function SignInAgain({ app, page, what }: SignInAgainProps) {
  return (
    <div className="grid justify-items-start gap-3">
      <p className="text-sm text-ink-muted">To {what}, sign in again first.</p>
      {/* A route handler, not a page: Next's Link cannot navigate to it. */}
      <a
        href={`/o/${app.id}/account/start?again=${encodeURIComponent(page)}`}
        className={buttonClass("secondary", "md")}
      >
        Sign in again
      </a>
    </div>
  );
}
