// Description-list entry with its full value and a copy button.
import { CopyButton } from "./copy-button";

export function CopyLine({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-xs text-ink-muted">{label}</dt>
      <dd className="mt-0.5 flex items-start justify-between gap-2">
        <code className="min-w-0 py-1.5 font-mono text-xs break-all">{value}</code>
        <CopyButton text={value} what={label} compact />
      </dd>
    </div>
  );
}
