// Explanation of a rejected request: sent and expected values, the standard and the remedy.
import { ArrowUpRight } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "@/app/_ui/card";
import type { Explanation } from "./explanation";
import { sectionLink } from "./section-link";

type ExplanationCardProps = { explanation: Explanation; advice: string; fix: ReactNode };

export function ExplanationCard({ explanation, advice, fix }: ExplanationCardProps) {
  const { description, endpoint, sent, expected, section, remedy } = explanation;
  const help = remedy || advice;
  return (
    <Card title="Explanation">
      <div className="grid gap-6 text-sm">
        {description && (
          <p className="text-base break-words">
            {description.replace(/\.?$/, ".")}
            {endpoint && (
              <>
                {" "}
                Endpoint: <code className="font-mono text-[0.8125rem]">{endpoint}</code>
              </>
            )}
          </p>
        )}
        {(sent || expected) && (
          <div className="grid gap-4 sm:grid-cols-2">
            {sent && <Values label="Sent" values={sent} tone="border-warning bg-warning-soft" />}
            {expected && (
              <Values label={expected.label} values={expected.values} tone="border-line bg-surface-sunken" />
            )}
          </div>
        )}
        {section && <Standard section={section} />}
        {(help || fix) && (
          <div>
            <h3 className="font-semibold">What to do</h3>
            {help && <p className="mt-1 text-ink-muted">{help}</p>}
            {fix && <div className="mt-4">{fix}</div>}
          </div>
        )}
      </div>
    </Card>
  );
}

function Values({ label, values, tone }: { label: string; values: string[]; tone: string }) {
  return (
    <div className="min-w-0">
      <h3 className="font-semibold">{label}</h3>
      <ul className={`mt-1.5 grid gap-1 rounded-md border px-3 py-2 ${tone}`}>
        {values.length === 0 && <li className="text-ink-muted">None</li>}
        {values.map((value) => (
          <li key={value} dir="ltr" className="font-mono text-[0.8125rem]/[1.375rem] break-all">
            {value}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Standard({ section }: { section: string }) {
  const url = sectionLink(section);
  return (
    <div>
      <h3 className="font-semibold">Standard</h3>
      <p className="mt-1 text-ink-muted">
        {url ? (
          <a
            href={url}
            target="_blank"
            rel="noreferrer"
            className="inline-flex items-center gap-0.5 rounded-sm text-ink underline decoration-line-strong underline-offset-3 hover:text-accent hover:decoration-current"
          >
            {section}
            <ArrowUpRight aria-hidden="true" className="size-3.5" />
            <span className="sr-only">(in a new tab)</span>
          </a>
        ) : (
          section
        )}
      </p>
    </div>
  );
}
