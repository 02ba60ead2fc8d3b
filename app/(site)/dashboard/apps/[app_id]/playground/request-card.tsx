"use client";

// Client and scopes of the playground's authorization request.
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { Field } from "@/app/_ui/field";
import { IdChip } from "@/app/_ui/id-chip";
import type { Flow } from "./steps";

type RequestCardProps = { flow: Flow; onChange: (flow: Flow) => void; onReset: () => void };

export function RequestCard({ flow, onChange, onReset }: RequestCardProps) {
  const resetButton = (
    <Button variant="quiet" size="sm" onClick={onReset}>
      Start over
    </Button>
  );
  return (
    <Card title="Authorization request" actions={resetButton}>
      <div className="grid gap-4">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
          <span className="text-ink-muted">Client ID</span>
          <IdChip id={flow.clientId} what="Client ID" />
        </div>
        <Field
          label="Scopes"
          name="scope"
          hint="Separated by spaces. Remove some to see how the consent page and the tokens change."
          value={flow.scope}
          onChange={(event) => onChange({ ...flow, scope: event.target.value })}
          spellCheck={false}
          autoComplete="off"
        />
      </div>
    </Card>
  );
}
