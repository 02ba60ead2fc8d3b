// Table of an app's custom scopes.
import { Badge } from "@/app/_ui/badge";
import { type Column, Table } from "@/app/_ui/table";
import type { Scope } from "@/lib/oauth/scopes/descriptions";
import { EditScope } from "./edit-scope";

const COLUMNS: Column<Scope>[] = [
  { label: "Scope", fluid: true, cell: (scope) => <ScopeName {...scope} /> },
  { label: "Description", from: "md", cell: (scope) => <Description {...scope} /> },
  { label: "Flags", from: "sm", cell: (scope) => <Flags {...scope} /> },
];

export function ScopeTable({ scopes, appId, canEdit }: { scopes: Scope[]; appId: string; canEdit: boolean }) {
  const edit: Column<Scope> = {
    label: "Actions",
    hideLabel: true,
    align: "end",
    cell: (scope) => <EditScope scope={scope} appId={appId} />,
  };
  const columns = canEdit ? [...COLUMNS, edit] : COLUMNS;
  return <Table caption="Custom scopes" columns={columns} rows={scopes} rowKey={({ name }) => name} />;
}

function ScopeName(scope: Scope) {
  return (
    <div className="md:min-w-40">
      <code className="font-mono text-[0.8125rem] font-medium wrap-anywhere">{scope.name}</code>
      <div className="text-ink-muted md:hidden">
        <Description {...scope} />
      </div>
    </div>
  );
}

function Description({ description }: Scope) {
  return (
    <span dir="auto" className="block wrap-anywhere md:min-w-40">
      {description}
    </span>
  );
}

function Flags({ sensitive, optional }: Scope) {
  return (
    <span className="flex flex-wrap gap-1.5">
      {sensitive && <Badge tone="warning">Sensitive</Badge>}
      {optional && <Badge>Optional</Badge>}
    </span>
  );
}
