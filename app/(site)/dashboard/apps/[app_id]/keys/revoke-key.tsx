// Asks before a key dies, the louder the more recently it was used.
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { RelativeTime } from "@/app/_ui/relative-time";
import { nowMs } from "@/lib/clock";
import { revokeKeyAction } from "./actions";
import type { ApiKeyItem } from "./key-table";

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
      success="The key was revoked"
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
  if (!lastUsedAt) return <p>It was never used, so nothing will miss it. A revoked key cannot be brought back.</p>;
  if (nowMs() - lastUsedAt.getTime() > RECENT_MS)
    return (
      <p>
        It was last used <RelativeTime at={lastUsedAt} />. A revoked key cannot be brought back.
      </p>
    );
  return (
    <p className="rounded-md bg-danger-soft px-3.5 py-2.5 text-danger">
      <strong className="font-semibold">
        Used <RelativeTime at={lastUsedAt} />: whatever uses it stops working at once.
      </strong>{" "}
      Give it another key first. A revoked key cannot be brought back.
    </p>
  );
}
