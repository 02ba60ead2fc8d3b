// What a client is and may do, in groups that are saved one by one, and its end.
import { countClientUsage } from "@/lib/oauth/clients/usage-counts";
import { listScopes } from "@/lib/oauth/scopes/scopes";
import { appPath } from "../../../app-paths";
import { type ClientPageProps, requireClient } from "../client-page";
import { AddressesCard } from "./addresses-card";
import { BasicsCard } from "./basics-card";
import { ClientDanger } from "./client-danger";
import { GrantsCard } from "./grants-card";
import { IdTokensCard } from "./id-tokens-card";
import { LifetimesCard } from "./lifetimes-card";
import { ScopesCard } from "./scopes-card";
import { SecurityCard } from "./security-card";

export default async function ClientSettingsPage({ params }: ClientPageProps) {
  const { app, client, readOnly, hidden } = await requireClient({ params }, "/settings");
  const [scopes, use] = await Promise.all([listScopes(app.id), countClientUsage(app.id, client.id)]);
  const shared = { client, hidden, readOnly, success: "The client is saved", beside: true };

  return (
    <div className="grid gap-8">
      {readOnly && <p className="text-ink-muted">Your role lets you see these; owners and admins change them.</p>}
      <BasicsCard {...shared} />
      <AddressesCard {...shared} />
      <ScopesCard {...shared} known={[...scopes.values()]} scopesPath={appPath(app.id, "/scopes")} />
      <GrantsCard {...shared} />
      <SecurityCard {...shared} />
      <IdTokensCard {...shared} />
      <LifetimesCard {...shared} settings={app.settings} />
      {!readOnly && (
        <div className="lg:pl-74">
          <ClientDanger client={client} hidden={hidden} use={use} clients={appPath(app.id, "/clients")} />
        </div>
      )}
    </div>
  );
}
