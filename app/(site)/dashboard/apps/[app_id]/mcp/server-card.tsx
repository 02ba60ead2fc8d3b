// An MCP server: what it must publish, and how clients connect to it.
import { Card } from "@/app/_ui/card";
import { CodeTabs } from "@/app/_ui/code-tabs";
import { CopyLine } from "@/app/_ui/copy-line";
import { commandTabs, metadataDocument, metadataUrl } from "./protected-resource";

type ServerCardProps = { name: string; identifier: string; issuer: string };

export function ServerCard({ name, identifier, issuer }: ServerCardProps) {
  return (
    <Card title={name}>
      <div className="grid gap-5">
        <dl className="grid gap-3">
          <CopyLine label="URL, and audience (aud) of its tokens" value={identifier} />
          <CopyLine label="Metadata URL of the server (RFC 9728)" value={metadataUrl(identifier)} />
        </dl>
        <div>
          <h3 className="mb-2 text-sm font-medium">1. The server publishes this document at its metadata URL</h3>
          <CodeTabs
            title={`Metadata of ${identifier}`}
            tabs={[{ label: "JSON", code: metadataDocument(identifier, issuer) }]}
          />
          <p className="mt-2 text-sm text-ink-muted">
            It rejects requests without a valid access token with status 401 and names this URL in{" "}
            <code className="font-mono text-xs">WWW-Authenticate</code>.
          </p>
        </div>
        <div>
          <h3 className="mb-2 text-sm font-medium">2. Users connect their agent</h3>
          <CodeTabs title={`Connect to ${identifier}`} tabs={commandTabs(identifier)} />
        </div>
      </div>
    </Card>
  );
}
