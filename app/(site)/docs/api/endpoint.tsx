// API reference of one endpoint: description and fields on the left, examples on the right.
import type { ReactNode } from "react";
import { Badge } from "@/app/_ui/badge";
import { CodeBlock } from "@/app/_ui/code-block";
import { Highlighted } from "../highlight";
import { LanguageTabs } from "../language-tabs";
import { InlineMarkdown } from "../markdown";
import { Details } from "./details";
import { ErrorList } from "./error-list";
import { FieldList } from "./field-list";
import { MethodName, PathText } from "./method";
import type { ReferenceEndpoint, ReferenceResponse } from "./reference";
import { TryIt } from "./try-it";

export function Endpoint({ endpoint }: { endpoint: ReferenceEndpoint }) {
  return (
    <section aria-labelledby={endpoint.id} className="border-t border-line pt-10 pb-14">
      <div className="gap-12 xl:grid xl:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        <div className="min-w-0">
          <Heading endpoint={endpoint} />
          <RequestFields endpoint={endpoint} />
          <Subsection title="Responses">
            {endpoint.responses.map((response) => (
              <EndpointResponse key={response.status} response={response} />
            ))}
          </Subsection>
          {endpoint.errors.length > 0 && (
            <Subsection title="Errors">
              <ErrorList errors={endpoint.errors} />
            </Subsection>
          )}
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-5 self-start pt-8 xl:sticky xl:top-22 xl:pt-1">
          <RequestExamples endpoint={endpoint} />
          {endpoint.responses
            .filter(({ example }) => example !== null)
            .map(({ status, example }) => (
              <div key={status} className="[&_section]:max-h-96 [&_section]:overflow-y-auto">
                <CodeBlock title={`Response ${status}`} of={endpoint.summary} code={example ?? ""}>
                  <Highlighted code={example ?? ""} language="json" />
                </CodeBlock>
              </div>
            ))}
        </div>
      </div>
    </section>
  );
}

function Heading({ endpoint }: { endpoint: ReferenceEndpoint }) {
  return (
    <>
      <h2 id={endpoint.id} className="scroll-mt-22 text-xl font-semibold">
        <a href={`#${endpoint.id}`} className="group rounded-sm">
          {endpoint.summary}
          <span
            aria-hidden="true"
            className="pl-2 font-normal text-ink-muted opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100"
          >
            #
          </span>
        </a>
      </h2>
      <p className="mt-2 flex items-baseline gap-2.5">
        <MethodName method={endpoint.method} />
        <PathText path={endpoint.path} />
      </p>
      {endpoint.also.length > 0 && (
        <ul className="mt-1 text-sm text-ink-muted">
          {endpoint.also.map((path) => (
            <li key={path} className="flex items-baseline gap-2">
              also <PathText path={path} />
            </li>
          ))}
        </ul>
      )}
      {endpoint.description && (
        <p className="mt-4 max-w-[40rem]">
          <InlineMarkdown text={endpoint.description} />
        </p>
      )}
      <p className="mt-4 flex flex-wrap items-center gap-1.5 text-sm">
        <span className="sr-only">Authentication: </span>
        <Credentials security={endpoint.security} />
      </p>
    </>
  );
}

const credentials: Record<string, string> = {
  apiKey: "API key",
  userToken: "User token",
  clientSecret: "Client secret",
  metricsToken: "METRICS_TOKEN",
};

function Credentials({ security }: { security: ReferenceEndpoint["security"] }) {
  const needed = security.filter((name) => name !== null);
  if (needed.length === 0) return <Badge>No authentication</Badge>;
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

function Subsection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h3 className="mt-8 mb-2 text-sm font-semibold">{title}</h3>
      {children}
    </>
  );
}

function RequestFields({ endpoint: { parameters, body } }: { endpoint: ReferenceEndpoint }) {
  return (
    <>
      <Parameters parameters={parameters} />
      {body && (
        <Subsection title={`Body${body.required ? "" : " (optional)"}`}>
          {body.type !== "application/json" && <p className="mb-2 text-sm text-ink-muted">URL-encoded form.</p>}
          {body.fields.map((fields, index) => (
            <div key={fields.map(({ name }) => name).join()}>
              {index > 0 && <p className="py-2 text-sm text-ink-muted">or</p>}
              <FieldList fields={fields} marks="required" />
            </div>
          ))}
        </Subsection>
      )}
    </>
  );
}

/** Parameters that most endpoints share. They are collapsed. */
const COMMON = new Set(["app_id", "Foyer-Client-IP"]);

function Parameters({ parameters }: { parameters: ReferenceEndpoint["parameters"] }) {
  const specific = parameters.filter(({ name }) => !COMMON.has(name));
  const common = parameters.filter(({ name }) => COMMON.has(name));
  if (parameters.length === 0) return null;
  return (
    <Subsection title="Parameters">
      {specific.length > 0 && <FieldList fields={specific} marks="required" />}
      {common.length > 0 && (
        <Details summary={common.map(({ name }) => name).join(", ")}>
          <FieldList fields={common} marks="required" />
        </Details>
      )}
    </Subsection>
  );
}

function EndpointResponse({ response: { status, description, fields } }: { response: ReferenceResponse }) {
  return (
    <div className="text-sm">
      {description.split("\n\n").map((paragraph) => (
        <p key={paragraph} className="flex items-baseline gap-2.5 py-1">
          <span className="font-mono text-xs text-ink-muted">{status}</span>
          <span>
            <InlineMarkdown text={paragraph} />
          </span>
        </p>
      ))}
      {fields.map((list) => (
        <Details key={list.map(({ name }) => name).join()} summary="Fields">
          <FieldList fields={list} marks="optional" />
        </Details>
      ))}
    </div>
  );
}

/** The first request, and the others collapsed. */
function RequestExamples({ endpoint }: { endpoint: ReferenceEndpoint }) {
  const [first, ...more] = endpoint.requests;
  if (!first) return null;
  const labeled = more.length > 0;
  return (
    <>
      {labeled && <p className="-mb-3 text-sm font-medium">{first.label}</p>}
      <LanguageTabs
        id={endpoint.id}
        title={labeled ? `${first.label}: ${endpoint.summary}` : `Request: ${endpoint.summary}`}
        code={first.code}
      />
      {more.map(({ label, code }, index) => (
        <Details key={label} summary={label}>
          <LanguageTabs id={`${endpoint.id}-${index + 2}`} title={`${label}: ${endpoint.summary}`} code={code} />
        </Details>
      ))}
      <TryIt endpoint={endpoint} />
    </>
  );
}
