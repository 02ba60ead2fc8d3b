// API reference: the endpoints of one group.
import { InlineMarkdown } from "../markdown";
import { Endpoint } from "./endpoint";
import { EndpointIndex } from "./endpoint-index";
import type { ReferenceGroup } from "./reference";

export function ReferenceGroupArticle({ group }: { group: ReferenceGroup }) {
  return (
    <article>
      <header className="max-w-[44rem]">
        <h1 className="text-3xl font-medium">{group.name}</h1>
        <p className="mt-3 text-lg text-ink-muted">
          <InlineMarkdown text={group.description} />
        </p>
      </header>
      <div className="mt-8 mb-14 max-w-[44rem]">
        <EndpointIndex group={group} />
      </div>
      {group.endpoints.map((endpoint) => (
        <Endpoint key={endpoint.id} endpoint={endpoint} />
      ))}
    </article>
  );
}
