// Scopes as boxes to tick, each with its sentence.
import { Badge } from "@/app/_ui/badge";
import type { Scope } from "@/lib/oauth/scopes";

export function ScopeBoxes({ known, allowed }: { known: Scope[]; allowed: string[] }) {
  return (
    <ul className="grid gap-3">
      {known.map(({ name, description, sensitive }) => (
        <li key={name}>
          <label className="flex items-start gap-3 text-sm">
            <input
              type="checkbox"
              name={`scope:${name}`}
              defaultChecked={allowed.includes(name)}
              className="mt-1 size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0">
              <span className="flex flex-wrap items-center gap-2">
                <code className="font-mono text-[0.8125rem] font-medium wrap-anywhere">{name}</code>
                {sensitive && <Badge tone="warning">Sensitive</Badge>}
              </span>
              <span dir="auto" className="text-ink-muted">
                {description}
              </span>
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}
