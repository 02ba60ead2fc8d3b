// "Connect" page of a client: IDs, secrets, snippets, endpoints and rejected requests.
import { Suspense } from "react";
import { Card } from "@/app/_ui/card";
import { CodeTabs } from "@/app/_ui/code-tabs";
import { Skeleton } from "@/app/_ui/skeleton";
import { TextLink } from "@/app/_ui/text-link";
import { countClientUsage } from "@/lib/oauth/clients/usage-counts";
import { clientPath } from "../client-path";
import { snippetsOf } from "../snippets/list";
import { typeOfClient } from "../types";
import { type ClientPageProps, requireClient } from "./client-page";
import { Endpoints } from "./endpoints";
import { IdAndIssuer } from "./id-and-issuer";
import { RejectedRequests } from "./rejected-requests";
import { SecretsCard } from "./secrets-card";
import { UsageCard } from "./usage-card";

export default async function ClientConnectPage({ params }: ClientPageProps) {
  const { app, client, readOnly, hidden } = await requireClient({ params });
  const use = await countClientUsage(app.id, client.id);
  const settings = clientPath(app.id, client.id, "/settings");

  return (
    <div className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_19rem]">
      <div className="grid gap-8">
        <IdAndIssuer client={client} issuer={app.issuer} />
        {!client.public && <SecretsCard appId={app.id} clientId={client.id} hidden={hidden} readOnly={readOnly} />}
        <section aria-labelledby="get-started">
          <h2 id="get-started" className="text-base font-semibold">
            Get started
          </h2>
          <p className="mt-1 mb-4 text-sm text-ink-muted">
            {typeOfClient(client).consequences} You can change its permissions in{" "}
            <TextLink href={settings}>Settings</TextLink>.
          </p>
          <CodeTabs title="Connect" tabs={snippetsOf(app.issuer, client)} />
        </section>
        <Suspense
          fallback={
            <Card title="Rejected requests">
              <Skeleton className="h-24 w-full" />
            </Card>
          }
        >
          <RejectedRequests appId={app.id} client={client} readOnly={readOnly} />
        </Suspense>
      </div>
      <div className="grid gap-6">
        <UsageCard client={client} use={use} />
        <Endpoints app={app} />
      </div>
    </div>
  );
}
