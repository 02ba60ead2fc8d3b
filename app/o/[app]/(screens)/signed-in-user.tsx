// The signed-in user: name and email address.
import { Avatar } from "@/app/_ui/avatar";
import type { HostedSession } from "@/lib/sessions/cookie";
import { IsolatedText, LtrText } from "./isolated-text";

export function SignedInUser({ session }: { session: HostedSession }) {
  const { name, email } = session;
  return (
    <div className="flex min-w-0 items-center gap-3">
      <Avatar name={name ?? email ?? "?"} shape="round" />
      <div className="min-w-0 text-sm">
        {name && (
          <p className="font-medium">
            <IsolatedText className="line-clamp-2">{name}</IsolatedText>
          </p>
        )}
        {email && (
          <p className={name ? "text-ink-muted" : "font-medium"}>
            <LtrText>{email}</LtrText>
          </p>
        )}
      </div>
    </div>
  );
}

/** The user in a sentence. */
export function userLabel({ email, name }: HostedSession): string {
  return email ?? name ?? "a user without a name";
}
