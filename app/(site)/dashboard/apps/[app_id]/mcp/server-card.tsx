// An MCP server: what it must publish, and how clients connect to it. Collapsed, unless it is the newest one.
import { ChevronRight } from "lucide-react";
import { CodeTabs } from "@/app/_ui/code-tabs";
import { CopyLine } from "@/app/_ui/copy-line";
import { commandTabs, metadataDocument, metadataUrl } from "./protected-resource";

type ServerCardProps = { name: string; identifier: string; issuer: string; isOpen: boolean };

export function ServerCard({ name, identifier, issuer, isOpen }: ServerCardProps) {
  return (
    <details open={isOpen} className="group min-w-0 rounded-lg border border-line bg-surface-raised shadow-sm">
      <summary className="flex cursor-pointer list-none items-start gap-2.5 rounded-lg px-6 py-5 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="mt-1 size-4 shrink-0 text-ink-muted transition-transform group-open:rotate-90"
        />
        <span className="min-w-0">
          <span dir="auto" className="block text-base font-semibold wrap-anywhere">
            {name}
          </span>
          <code className="block font-mono text-xs break-all text-ink-muted">{identifier}</code>
        </span>
      </summary>
      <div className="grid gap-5 px-6 pb-6">
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
    </details>
  );
}
