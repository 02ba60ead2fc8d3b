// The user who is signing in. Another person may look at the screen, so the address is masked.
import { UserRound } from "lucide-react";
import { maskEmail } from "@/lib/text/mask-email";
import { LtrText } from "../isolated-text";

export function PendingUser({ email }: { email: string | null }) {
  if (!email) return null;
  return (
    <p className="mb-6 flex items-center gap-2.5 rounded-md bg-surface-sunken px-3.5 py-2.5 text-sm text-ink-muted">
      <UserRound aria-hidden="true" className="size-4 shrink-0" strokeWidth={1.75} />
      <LtrText className="min-w-0 font-medium text-ink">{maskEmail(email)}</LtrText>
    </p>
  );
}
