// An id or address in monospace, with a button that copies it.
import { CopyButton } from "./copy-button";

type IdChipProps = {
  id: string;
  /** What it identifies, for those who do not see it: "App id". */
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
