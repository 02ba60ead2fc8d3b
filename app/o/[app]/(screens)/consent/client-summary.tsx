// The OAuth client on the consent page: logo, website, and where it redirects to.
import { BadgeCheck } from "lucide-react";
import { Avatar } from "@/app/_ui/avatar";
import type { AuthorizeRequest } from "@/lib/oauth/authorize/request";
import type { Client } from "@/lib/oauth/clients/client";
import { Alert } from "../alert";
import { LtrText } from "../isolated-text";
import { hostOf, redirectTarget, websiteOf } from "./redirect-target";

type ClientSummaryProps = {
  request: AuthorizeRequest;
  /** The domain that the publisher proved to control. */
  verifiedDomain: string | null;
};

export function ClientSummary({ request, verifiedDomain }: ClientSummaryProps) {
  const { client, redirectUri } = request;
  const { label, needsWarning } = redirectTarget(client, redirectUri);
  return (
    <section aria-label="Application" className="grid gap-4">
      <div className="flex items-center gap-3">
        <Avatar name={client.client_name} logoUrl={client.logo_uri} shape="square" />
        <dl className="grid min-w-0 gap-1.5 text-sm">
          <IdentityFacts client={client} verifiedDomain={verifiedDomain} shown={label} />
          <Fact term="Redirects you to">{label}</Fact>
        </dl>
      </div>
      {needsWarning && (
        <Alert tone="warning">
          You’ll be redirected to an app on this device. Continue only if you just opened it yourself.
        </Alert>
      )}
    </section>
  );
}

type IdentityFactsProps = {
  client: Client;
  verifiedDomain: string | null;
  /** A host that the page shows anyway. */
  shown?: string;
};

/** Who the client is, as far as Foyer or the client says. */
export function IdentityFacts({ client, verifiedDomain, shown }: IdentityFactsProps) {
  const site = websiteOf(client);
  // The host of the metadata document is all that is certain about such a client.
  const identity = client.source === "cimd" ? hostOf(client.id) : null;
  return (
    <>
      {verifiedDomain && <VerifiedPublisher domain={verifiedDomain} />}
      {identity && <Fact term="Identity">{identity}</Fact>}
      {site && site !== shown && <Fact term="Website">{site}</Fact>}
    </>
  );
}

/** The only check mark on the page: names, logos and websites are what the client says about itself. */
function VerifiedPublisher({ domain }: { domain: string }) {
  return (
    <div>
      <dt className="text-ink-muted">Verified publisher</dt>
      <dd className="flex items-center gap-1.5">
        <BadgeCheck aria-hidden="true" className="size-4.5 shrink-0 text-success" strokeWidth={1.75} />
        <LtrText className="font-medium">{domain}</LtrText>
      </dd>
    </div>
  );
}

function Fact({ term, children }: { term: string; children: string }) {
  return (
    <div>
      <dt className="text-ink-muted">{term}</dt>
      <dd>
        <LtrText className="font-medium">{children}</LtrText>
      </dd>
    </div>
  );
}
