// ID or URL in monospace with a copy button.
import { CopyButton } from "./copy-button";

type IdChipProps = {
  id: string;
  /** What it identifies, for screen readers: "App ID". */
  what: string;
};

export function IdChip({ id, what }: IdChipProps) {
  return (
    <span className="inline-flex max-w-full items-center gap-0.5 rounded-sm border border-line bg-surface-sunken pl-2">
      <code className="min-w-0 truncate font-mono text-xs" title={id}>
        {id}
      </code>
      <CopyButton text={id} what={what} compact />
    </span>
  );
}
