// Checkboxes for the scopes that a client may request, with their descriptions.
import { Badge } from "@/app/_ui/badge";
import { CheckList } from "@/app/_ui/check-list";
import type { Scope } from "@/lib/oauth/scopes/descriptions";

type ScopeListProps = { label: string; quietLabel?: boolean; known: Scope[]; checked: string[] };

export function ScopeList({ label, quietLabel, known, checked }: ScopeListProps) {
  const options = known.map(({ name, description, sensitive }) => ({
    value: name,
    label: (
      <span className="flex flex-wrap items-center gap-x-2">
        <code className="font-mono text-[0.8125rem] font-medium wrap-anywhere">{name}</code>
        {sensitive && <Badge tone="warning">Sensitive</Badge>}
      </span>
    ),
    description: <span dir="auto">{description}</span>,
  }));
  return <CheckList label={label} hideLabel={quietLabel} name="scopes" options={options} defaultChecked={checked} />;
}
