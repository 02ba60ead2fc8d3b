// API reference: the endpoints of one group.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { InlineMarkdown } from "../../markdown";
import { Endpoint } from "../endpoint";
import { EndpointIndex } from "../endpoint-index";
import { findReferenceGroup } from "../reference";

type PageProps = { params: Promise<{ group: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const group = findReferenceGroup((await params).group);
  return group ? { title: `${group.name} · API` } : {};
}

export default async function ReferenceGroupPage({ params }: PageProps) {
  const group = findReferenceGroup((await params).group);
  if (!group) notFound();
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
