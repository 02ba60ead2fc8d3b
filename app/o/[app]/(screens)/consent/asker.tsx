// Who asks, and where the answer will go.

import { Avatar } from "@/app/_ui/avatar";
import type { AuthorizeRequest } from "@/lib/oauth/authorize/request";
import { Address } from "../given-name";
import { Notice } from "../notice";
import { hostOf, targetOf } from "./target";

export function Asker({ request }: { request: AuthorizeRequest }) {
  const { client, redirectUri } = request;
  const site = hostOf(client.client_uri);
  const { place, onThisDevice } = targetOf(redirectUri);
  return (
    <section aria-label="Who asks" className="grid gap-4">
      <div className="flex items-center gap-3">
        <Avatar name={client.client_name} logoUrl={client.logo_uri} shape="square" />
        <dl className="grid min-w-0 gap-1.5 text-sm">
          {site && site !== place && <Fact term="Its site">{site}</Fact>}
          <Fact term="Leads you to">{place}</Fact>
        </dl>
      </div>
      {onThisDevice && (
        <Notice tone="warning">
          The answer goes to an app on this device. Go on only if you have just started it here yourself.
        </Notice>
      )}
    </section>
  );
}

function Fact({ term, children }: { term: string; children: string }) {
  return (
    <div>
      <dt className="text-ink-muted">{term}</dt>
      <dd>
        <Address className="font-medium">{children}</Address>
      </dd>
    </div>
  );
}
