// In place of a password, for who has none: a sign-in from just now.
import { buttonClass } from "@/app/_ui/button";
import type { App } from "@/lib/apps/apps";
import type { AccountPage } from "@/lib/oauth/authorize/interaction";

type SignInAgainProps = {
  app: App;
  /** Where they come back to. */
  page: AccountPage;
  /** What they want to do: "delete your account". */
  what: string;
};

export function SignInAgain({ app, page, what }: SignInAgainProps) {
  return (
    <div className="grid justify-items-start gap-3">
      <p className="text-sm text-ink-muted">To {what}, sign in once more first: it takes a sign-in from just now.</p>
      {/* A handler answers there, so this is no link within the pages. */}
      <a
        href={`/o/${app.id}/account/start?again=${encodeURIComponent(page)}`}
        className={buttonClass("secondary", "md")}
      >
        Sign in again
      </a>
    </div>
  );
}
