// API reference: overview, error codes, and the index of all endpoints.
import { apiDocument } from "@/app/_reference/reference";
import { IdChip } from "@/app/_ui/id-chip";
import { TextLink } from "@/app/_ui/text-link";
import { env } from "@/lib/env";
import { InlineMarkdown, Markdown } from "../markdown";
import { EndpointIndex } from "./endpoint-index";
import { ErrorRows } from "./error-list";
import { groupHref } from "./links";
import { listErrorCodes, readReference } from "./reference";

export function ReferenceArticle() {
  const { description = "" } = apiDocument().info;
  return (
    <article className="max-w-[52rem]">
      <h1 className="text-3xl font-medium">API reference</h1>
      <p className="mt-3 text-lg text-ink-muted">
        Every endpoint of this server, generated from its code. Also available as{" "}
        <a
          href="/api/openapi.json"
          className="rounded-sm text-ink underline decoration-line-strong underline-offset-3 hover:text-accent hover:decoration-current"
        >
          OpenAPI 3.1
        </a>
        .
      </p>
      <p className="mt-5 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
        <span className="text-ink-muted">Base URL</span>
        <IdChip id={env().PUBLIC_URL} what="base URL" />
      </p>
      <div className="max-w-[44rem]">
        <Markdown text={`# API\n\n.\n\n${description}`} />
      </div>
      <h2 id="error-codes" className="mt-14 mb-4 scroll-mt-22 text-xl font-semibold">
        All error codes
      </h2>
      <ErrorRows errors={listErrorCodes()} />
      <h2 id="endpoints" className="mt-14 scroll-mt-22 text-xl font-semibold">
        All endpoints
      </h2>
      {readReference().map((group) => (
        <section key={group.slug} aria-labelledby={`group-${group.slug}`} className="mt-8">
          <h3 id={`group-${group.slug}`} className="font-semibold">
            <TextLink href={groupHref(group.slug)} className="no-underline">
              {group.name}
            </TextLink>
          </h3>
          <p className="mt-1 mb-3 text-sm text-ink-muted">
            <InlineMarkdown text={group.description} />
          </p>
          <EndpointIndex group={group} />
        </section>
      ))}
    </article>
  );
}
