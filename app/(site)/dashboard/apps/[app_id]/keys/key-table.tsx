// Table of API keys.
import { RelativeTime } from "@/app/_ui/relative-time";
import { type Column, Table } from "@/app/_ui/table";
import type { ApiKeyItem } from "./api-key";
import { RevokeKey } from "./revoke-key";

type KeyTableProps = { caption: string; keys: ApiKeyItem[]; appId: string; canRevoke: boolean };

export function KeyTable({ caption, keys, appId, canRevoke }: KeyTableProps) {
  const hasRevoked = keys.some((key) => key.revoked_at);
  const columns: Column<ApiKeyItem>[] = [
    { label: "Name", fluid: true, cell: (key) => <KeyName apiKey={key} /> },
    { label: "Key", from: "sm", cell: (key) => <KeyPrefix apiKey={key} /> },
    { label: "Created", from: "md", cell: (key) => <RelativeTime at={new Date(key.created_at)} /> },
    { label: "Last used", from: "sm", cell: (key) => <LastUsed apiKey={key} /> },
  ];
  if (hasRevoked)
    columns.push({
      label: "Revoked",
      cell: ({ revoked_at: at }) => at && <RelativeTime at={new Date(at)} />,
    });
  if (canRevoke) {
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

/** The end distinguishes the keys of an app, so it doesn't wrap. */
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

function LastUsed({ apiKey: { last_used_at: at } }: { apiKey: ApiKeyItem }) {
  return at ? <RelativeTime at={new Date(at)} /> : <span className="whitespace-nowrap text-ink-muted">Never used</span>;
}
