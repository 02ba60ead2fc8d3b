// List of fields (of a body or a response) or parameters, with type, limits and description.
import type { ReactNode } from "react";
import { InlineMarkdown } from "../markdown";
import type { Field } from "./fields";

type FieldListProps = {
  fields: (Field & { place?: string })[];
  /** Requests mark their required fields, responses their optional ones. */
  marks: "required" | "optional";
};

export function FieldList({ fields, marks }: FieldListProps) {
  return (
    <dl className="divide-y divide-line border-y border-line text-sm">
      {fields.map((field) => (
        <div key={`${field.place} ${field.name}`} className="py-2.5">
          <dt className="flex flex-wrap items-baseline gap-x-2.5 gap-y-0.5">
            <FieldName name={field.name} />
            <span className="text-xs text-ink-muted">
              {[field.place && places[field.place], field.type, ...field.limits].filter(Boolean).join(" · ")}
            </span>
            {marks === "required" && field.required && <span className="text-xs text-accent">required</span>}
            {marks === "optional" && !field.required && <span className="text-xs text-ink-muted">optional</span>}
          </dt>
          <dd className="mt-0.5 text-ink-muted">
            <InlineMarkdown text={field.description} />
            <Values values={field.values} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const places: Record<string, string> = { path: "path", query: "query", header: "header" };

/** Highlights the last part of a nested name. */
function FieldName({ name }: { name: string }) {
  const at = name.lastIndexOf(".") + 1;
  return (
    <code className="font-mono text-[0.8125rem] font-medium [overflow-wrap:anywhere]">
      <span className="font-normal text-ink-muted">{name.slice(0, at)}</span>
      {name.slice(at)}
    </code>
  );
}

function Values({ values }: { values: string[] }) {
  if (values.length === 0) return null;
  return (
    <span className="mt-1 flex flex-wrap gap-1.5">
      {values.map((value) => (
        <Code key={value}>{value}</Code>
      ))}
    </span>
  );
}

export function Code({ children }: { children: ReactNode }) {
  return <code className="rounded-sm bg-surface-sunken px-1 py-0.5 font-mono text-xs">{children}</code>;
}
