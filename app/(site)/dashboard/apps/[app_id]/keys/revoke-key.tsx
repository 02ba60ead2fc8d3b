// Button to revoke an API key. The confirmation warns about recent use.
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { RelativeTime } from "@/app/_ui/relative-time";
import { nowMs } from "@/lib/clock";
import { revokeKeyAction } from "./actions";
import type { ApiKeyItem } from "./api-key";

const RECENT_MS = 7 * 86_400_000;

export function RevokeKey({ apiKey, appId }: { apiKey: ApiKeyItem; appId: string }) {
  return (
    <ConfirmDialog
      trigger="Revoke"
      triggerProps={{ variant: "quiet", size: "sm", "aria-label": `Revoke ${apiKey.name}` }}
      title="Revoke this key?"
      action={revokeKeyAction}
      hidden={{ app_id: appId, key_id: apiKey.key_id }}
      confirm="Revoke key"
      success="Key revoked"
    >
      <p>
        <strong dir="auto" className="line-clamp-2 font-medium wrap-anywhere text-ink">
          {apiKey.name}
        </strong>
        <code className="font-mono text-xs">{apiKey.prefix}…</code>
      </p>
      <Consequence lastUsedAt={apiKey.last_used_at ? new Date(apiKey.last_used_at) : null} />
    </ConfirmDialog>
  );
}

function Consequence({ lastUsedAt }: { lastUsedAt: Date | null }) {
  if (!lastUsedAt) return <p>This key has never been used. You can’t undo this.</p>;
  if (nowMs() - lastUsedAt.getTime() > RECENT_MS)
    return (
      <p>
        This key was last used <RelativeTime at={lastUsedAt} />. You can’t undo this.
      </p>
    );
  return (
    <p className="rounded-md bg-danger-soft px-3.5 py-2.5 text-danger">
      <strong className="font-semibold">
        This key was last used <RelativeTime at={lastUsedAt} />.
      </strong>{" "}
      Revoking the key immediately rejects every request that uses it. You can’t undo this.
    </p>
  );
}
