// The OAuth client on the consent page: logo, website, and where it redirects to.
import { Avatar } from "@/app/_ui/avatar";
import type { AuthorizeRequest } from "@/lib/oauth/authorize/request";
import { Alert } from "../alert";
import { LtrText } from "../isolated-text";
import { hostOf, redirectTarget } from "./redirect-target";

export function ClientSummary({ request }: { request: AuthorizeRequest }) {
  const { client, redirectUri } = request;
  const site = hostOf(client.client_uri);
  const { label, onThisDevice } = redirectTarget(redirectUri);
  return (
    <section aria-label="Application" className="grid gap-4">
      <div className="flex items-center gap-3">
        <Avatar name={client.client_name} logoUrl={client.logo_uri} shape="square" />
        <dl className="grid min-w-0 gap-1.5 text-sm">
          {site && site !== label && <Fact term="Website">{site}</Fact>}
          <Fact term="Redirects you to">{label}</Fact>
        </dl>
      </div>
      {onThisDevice && (
        <Alert tone="warning">
          You’ll be redirected to an app on this device. Continue only if you just opened it yourself.
        </Alert>
      )}
    </section>
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
