// A group of scopes by their descriptions. The user can uncheck an optional scope.
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/app/_ui/badge";
import { IsolatedText } from "../isolated-text";
import type { RequestedScope } from "./requested-scopes";

type ScopeListProps = { id: string; title: ReactNode; scopes: RequestedScope[] };

export function ScopeList({ id, title, scopes }: ScopeListProps) {
  if (scopes.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="line-clamp-2 text-sm font-medium text-ink-muted">
        {title}
      </h2>
      <ul className="mt-2 grid gap-2.5">
        {scopes.map((scope) => (
          <li key={scope.name}>{scope.optional ? <OptionalScope scope={scope} /> : <RequiredScope scope={scope} />}</li>
        ))}
      </ul>
    </section>
  );
}

function RequiredScope({ scope }: { scope: RequestedScope }) {
  return (
    <div className="flex gap-3 text-sm">
      <Check aria-hidden="true" className="mt-0.5 size-4.5 shrink-0 text-accent" strokeWidth={2} />
      <ScopeDescription scope={scope} />
    </div>
  );
}

function OptionalScope({ scope }: { scope: RequestedScope }) {
  return (
    <label className="-mx-2 -my-1.5 flex cursor-pointer gap-3 rounded-md px-2 py-1.5 text-sm pointer-coarse:py-2.5 hover:bg-surface-sunken">
      <input
        type="checkbox"
        name={`scope:${scope.name}`}
        value="on"
        defaultChecked={scope.ticked}
        className="mt-0.5 size-4.5 shrink-0 cursor-pointer accent-accent"
      />
      <ScopeDescription scope={scope} />
    </label>
  );
}

function ScopeDescription({ scope }: { scope: RequestedScope }) {
  return (
    <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2 gap-y-1">
      <IsolatedText className="min-w-0">{scope.description}</IsolatedText>
      {scope.sensitive && <Badge tone="warning">Sensitive</Badge>}
      {scope.optional && <Badge>Optional</Badge>}
      {scope.allowed && <Badge>Already allowed</Badge>}
    </span>
  );
}
