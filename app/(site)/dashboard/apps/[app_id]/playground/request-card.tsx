"use client";

// Kind, client, scopes, resource and options of the playground's flow.
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { controlClass, Field, FieldShell } from "@/app/_ui/field";
import { IdChip } from "@/app/_ui/id-chip";
import { newDpopKey } from "./dpop";
import type { Flow, ResourceChoice } from "./flow";

type RequestCardProps = {
  flow: Flow;
  resources: ResourceChoice[];
  onChange: (flow: Flow) => void;
  /** For changes after which the flow starts again. */
  onRestart: (flow: Flow) => void;
  onReset: () => void;
};

export function RequestCard({ flow, resources, onChange, onRestart, onReset }: RequestCardProps) {
  const resetButton = (
    <Button variant="quiet" size="sm" onClick={onReset}>
      Start over
    </Button>
  );
  return (
    <Card title="Request" actions={resetButton}>
      <div className="grid gap-5">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
          <span className="text-ink-muted">Client ID</span>
          <IdChip id={flow.clientId} what="Client ID" />
        </div>
        <div className="grid gap-5 sm:grid-cols-2">
          <Choice
            label="Flow"
            value={flow.kind ?? "code"}
            options={[
              { value: "code", label: "Authorization code" },
              { value: "device", label: "Device code" },
            ]}
            onChange={(kind) => onRestart({ ...flow, kind: kind as Flow["kind"] })}
          />
          <Choice
            label="Resource"
            value={flow.resource ?? ""}
            options={[
              { value: "", label: "None: the default" },
              ...resources.map(({ identifier, name }) => ({ value: identifier, label: name })),
            ]}
            onChange={(resource) => onRestart({ ...flow, resource: resource || undefined })}
          />
          {flow.kind !== "device" && (
            <Choice
              label="Sign-in (acr_values)"
              value={flow.acr ?? ""}
              options={[
                { value: "", label: "Any" },
                { value: "2", label: "2: two factors" },
                { value: "phr", label: "phr: a passkey" },
              ]}
              onChange={(acr) => onRestart({ ...flow, acr: acr || undefined })}
            />
          )}
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
        <fieldset className="grid gap-2.5 text-sm">
          <legend className="sr-only">Options</legend>
          {flow.kind !== "device" && (
            <Option
              label="Push the request first (PAR)"
              checked={flow.par === true}
              onChange={(par) => onRestart({ ...flow, par })}
            />
          )}
          <Option
            label="Bind the tokens to a key of this browser (DPoP)"
            checked={flow.dpopKey !== undefined}
            onChange={async (bound) => onRestart({ ...flow, dpopKey: bound ? await newDpopKey() : undefined })}
          />
        </fieldset>
      </div>
    </Card>
  );
}

type ChoiceProps = {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
};

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <FieldShell label={label}>
      {(control) => (
        <select
          {...control}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={`${controlClass} h-10 pl-2.5`}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </FieldShell>
  );
}

type OptionProps = { label: string; checked: boolean; onChange: (checked: boolean) => void };

function Option({ label, checked, onChange }: OptionProps) {
  return (
    <label className="flex items-start gap-3">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.75 size-4 shrink-0 cursor-pointer accent-accent"
      />
      {label}
    </label>
  );
}
