import { RelativeTime } from "@/app/_ui/relative-time";
import { type Column, Table } from "@/app/_ui/table";
import type { listApiKeys } from "@/lib/apps/api-keys";
import { RevokeKey } from "./revoke-key";

export type ApiKeyItem = Awaited<ReturnType<typeof listApiKeys>>[number];

type KeyTableProps = { caption: string; keys: ApiKeyItem[]; appId: string; mayChange: boolean };

export function KeyTable({ caption, keys, appId, mayChange }: KeyTableProps) {
  const revoked = keys.some((key) => key.revoked_at);
  const columns: Column<ApiKeyItem>[] = [
    { label: "Name", fluid: true, cell: (key) => <KeyName apiKey={key} /> },
    { label: "Key", from: "sm", cell: (key) => <KeyPrefix apiKey={key} /> },
    { label: "Created", from: "md", cell: (key) => <RelativeTime at={new Date(key.created_at)} /> },
    { label: "Last used", from: "sm", cell: (key) => <LastUsed apiKey={key} /> },
  ];
  if (revoked) columns.push({ label: "Revoked", cell: (key) => <When iso={key.revoked_at} /> });
  if (mayChange) {
    const cell = (key: ApiKeyItem) => <RevokeKey apiKey={key} appId={appId} />;
    columns.push({ label: "Actions", hideLabel: true, align: "end", cell });
  }
  return <Table caption={caption} columns={columns} rows={keys} rowKey={(key) => key.key_id} />;
}

function KeyName({ apiKey }: { apiKey: ApiKeyItem }) {
  return (
    <div className="sm:min-w-28">
      <span dir="auto" className="line-clamp-2 font-medium wrap-anywhere">
        {apiKey.name}
      </span>
      <div className="mt-0.5 text-ink-muted sm:hidden">
        <KeyPrefix apiKey={apiKey} />
        <div>
          {apiKey.last_used_at ? "Used " : ""}
          <LastUsed apiKey={apiKey} />
        </div>
      </div>
    </div>
  );
}

/** What tells the keys of an App apart is the end, which stays in one piece. */
function KeyPrefix({ apiKey: { prefix } }: { apiKey: ApiKeyItem }) {
  const end = prefix.lastIndexOf("_") + 1;
  return (
    <code className="font-mono text-xs text-ink-muted sm:whitespace-nowrap">
      {prefix.slice(0, end)}
      <wbr />
      {prefix.slice(end)}…
    </code>
  );
}

function LastUsed({ apiKey }: { apiKey: ApiKeyItem }) {
  return apiKey.last_used_at ? (
    <When iso={apiKey.last_used_at} />
  ) : (
    <span className="whitespace-nowrap text-ink-muted">Never used</span>
  );
}

function When({ iso }: { iso: string | null }) {
  return iso && <RelativeTime at={new Date(iso)} />;
}
