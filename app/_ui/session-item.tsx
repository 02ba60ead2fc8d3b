// List item for a session: device, IP address and times, with an action at the right.
import { Monitor, Smartphone } from "lucide-react";
import type { ReactNode } from "react";
import { usedPasskey } from "@/lib/sessions/acr";
import type { listSessions } from "@/lib/sessions/list";
import { parseUserAgent } from "@/lib/text/user-agent";
import { Badge } from "./badge";
import { RelativeTime } from "./relative-time";

export type ListedSession = Awaited<ReturnType<typeof listSessions>>[number];

type SessionItemProps = {
  session: ListedSession;
  name: ReactNode;
  /** Whether it is the session of this browser. */
  isCurrent: boolean;
  /** Not shown for the current session. */
  action: ReactNode;
};

export function SessionItem({ session, name, isCurrent, action }: SessionItemProps) {
  const Icon = parseUserAgent(session.userAgent).mobile ? Smartphone : Monitor;
  return (
    <li className="flex items-start gap-4 py-4">
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-ink-muted" strokeWidth={1.5} />
      <div className="min-w-0 flex-1 text-sm">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-medium">
          <span title={session.userAgent ?? undefined} className="min-w-0">
            {name}
          </span>
          {isCurrent && <Badge tone="success">This device</Badge>}
        </p>
        <p className="mt-0.5 wrap-anywhere text-ink-muted">
          {session.ip ?? "Unknown IP address"} · signed in <RelativeTime at={session.createdAt} />
          {proofOf(session)}
          {!isCurrent && (
            <>
              {" "}
              · last active <RelativeTime at={session.lastSeenAt} />
            </>
          )}
        </p>
      </div>
      {!isCurrent && action}
    </li>
  );
}

/** What the session proves beyond one factor. */
function proofOf({ amr }: ListedSession): string {
  if (usedPasskey(amr)) return " with a passkey";
  return amr.includes("mfa") ? " with a second factor" : "";
}

/** The current session first. */
export function sortSessions<Session extends { id: string }>(sessions: Session[], currentId: string): Session[] {
  return [...sessions].sort((a, b) => Number(b.id === currentId) - Number(a.id === currentId));
}
