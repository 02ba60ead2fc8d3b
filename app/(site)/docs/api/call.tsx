// One call: what it is for and takes at the left, how it looks at the right.
import type { ReactNode } from "react";
import { Badge } from "@/app/_ui/badge";
import { CodeBlock } from "@/app/_ui/code-block";
import { CodeTabs } from "@/app/_ui/code-tabs";
import { InlineMarkdown } from "../markdown";
import { ErrorList } from "./error-list";
import { FieldList } from "./field-list";
import { Fold } from "./fold";
import { MethodName, PathText } from "./method";
import type { ReferenceAnswer, ReferenceCall } from "./reference";

export function Call({ call }: { call: ReferenceCall }) {
  return (
    <section aria-labelledby={call.id} className="border-t border-line pt-10 pb-14">
      <div className="gap-12 xl:grid xl:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        <div className="min-w-0">
          <Heading call={call} />
          <Input call={call} />
          <Part title="Answers">
            {call.answers.map((answer) => (
              <Answer key={answer.status} answer={answer} />
            ))}
          </Part>
          {call.errors.length > 0 && (
            <Part title="Errors">
              <ErrorList errors={call.errors} />
            </Part>
          )}
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-5 self-start pt-8 xl:sticky xl:top-22 xl:pt-1">
          <Request call={call} />
          {call.answers
            .filter(({ example }) => example !== null)
            .map(({ status, example }) => (
              <div key={status} className="[&_section]:max-h-96 [&_section]:overflow-y-auto">
                <CodeBlock title={`Answer, ${status}`} of={call.summary} code={example ?? ""} />
              </div>
            ))}
        </div>
      </div>
    </section>
  );
}

function Heading({ call }: { call: ReferenceCall }) {
  return (
    <>
      <h2 id={call.id} className="scroll-mt-22 text-xl font-semibold">
        <a href={`#${call.id}`} className="group rounded-sm">
          {call.summary}
          <span
            aria-hidden="true"
            className="pl-2 font-normal text-ink-muted opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100"
          >
            #
          </span>
        </a>
      </h2>
      <p className="mt-2 flex items-baseline gap-2.5">
        <MethodName method={call.method} />
        <PathText path={call.path} />
      </p>
      {call.also.length > 0 && (
        <ul className="mt-1 text-sm text-ink-muted">
          {call.also.map((path) => (
            <li key={path} className="flex items-baseline gap-2">
              also <PathText path={path} />
            </li>
          ))}
        </ul>
      )}
      {call.description && (
        <p className="mt-4 max-w-[40rem]">
          <InlineMarkdown text={call.description} />
        </p>
      )}
      <p className="mt-4 flex flex-wrap items-center gap-1.5 text-sm">
        <span className="sr-only">Authentication: </span>
        <Credentials security={call.security} />
      </p>
    </>
  );
}

const credentials: Record<string, string> = {
  apiKey: "API key",
  userToken: "User’s token",
  clientSecret: "Client secret",
  metricsToken: "METRICS_TOKEN",
};

function Credentials({ security }: { security: ReferenceCall["security"] }) {
  const needed = security.filter((name) => name !== null);
  if (needed.length === 0) return <Badge>No credential</Badge>;
  return (
    <>
      {needed.map((name, index) => (
        <span key={name} className="contents">
          {index > 0 && <span className="text-ink-muted">or</span>}
          <Badge tone="accent">{credentials[name] ?? name}</Badge>
        </span>
      ))}
      {needed.length < security.length && <span className="text-ink-muted">or none</span>}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h3 className="mt-8 mb-2 text-sm font-semibold">{title}</h3>
      {children}
    </>
  );
}

function Input({ call: { parameters, body } }: { call: ReferenceCall }) {
  return (
    <>
      <Parameters all={parameters} />
      {body && (
        <Part title={`Body${body.required ? "" : " (may be left out)"}`}>
          {body.type !== "application/json" && <p className="mb-2 text-sm text-ink-muted">A urlencoded form.</p>}
          {body.fields.map((fields, index) => (
            <div key={fields.map(({ name }) => name).join()}>
              {index > 0 && <p className="py-2 text-sm text-ink-muted">or</p>}
              <FieldList fields={fields} marks="required" />
            </div>
          ))}
        </Part>
      )}
    </>
  );
}

/** What every call about an App takes stands back. */
const GENERAL = new Set(["app_id", "Foyer-Client-IP"]);

function Parameters({ all }: { all: ReferenceCall["parameters"] }) {
  const own = all.filter(({ name }) => !GENERAL.has(name));
  const general = all.filter(({ name }) => GENERAL.has(name));
  if (all.length === 0) return null;
  return (
    <Part title="Parameters">
      {own.length > 0 && <FieldList fields={own} marks="required" />}
      {general.length > 0 && (
        <Fold summary={general.map(({ name }) => name).join(", ")}>
          <FieldList fields={general} marks="required" />
        </Fold>
      )}
    </Part>
  );
}

function Answer({ answer: { status, description, fields } }: { answer: ReferenceAnswer }) {
  return (
    <div className="text-sm">
      {description.split("\n\n").map((sentence) => (
        <p key={sentence} className="flex items-baseline gap-2.5 py-1">
          <span className="font-mono text-xs text-ink-muted">{status}</span>
          <span>
            <InlineMarkdown text={sentence} />
          </span>
        </p>
      ))}
      {fields.map((list) => (
        <Fold key={list.map(({ name }) => name).join()} summary="What is in it">
          <FieldList fields={list} marks="optional" />
        </Fold>
      ))}
    </div>
  );
}

function Request({ call }: { call: ReferenceCall }) {
  const [first, ...more] = call.requests;
  if (!first) return null;
  return more.length > 0 ? (
    <CodeTabs title={call.summary} tabs={call.requests} />
  ) : (
    <CodeBlock title="Request" of={call.summary} code={first.code} />
  );
}
