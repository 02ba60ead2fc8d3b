// Settings page of a client. Each card is saved separately.
import { countClientUsage } from "@/lib/oauth/clients/usage-counts";
import { listScopes } from "@/lib/oauth/scopes/scopes";
import { appPath } from "../../../app-paths";
import { type ClientPageProps, requireClient } from "../client-page";
import { BasicsCard } from "./basics-card";
import { ClientDangerZone } from "./client-danger-zone";
import { GrantsCard } from "./grants-card";
import { IdTokensCard } from "./id-tokens-card";
import { LifetimesCard } from "./lifetimes-card";
import { RedirectUrisCard } from "./redirect-uris-card";
import { ScopesCard } from "./scopes-card";
import { SecurityCard } from "./security-card";

export default async function ClientSettingsPage({ params }: ClientPageProps) {
  const { app, client, readOnly, hidden } = await requireClient({ params }, "/settings");
  const [scopes, use] = await Promise.all([listScopes(app.id), countClientUsage(app.id, client.id)]);
  const shared = { client, hidden, readOnly, success: "Client saved", beside: true };

  return (
    <div className="grid gap-8">
      {readOnly && (
        <p className="text-ink-muted">You can view these settings. Only owners and admins can change them.</p>
      )}
      <BasicsCard {...shared} />
      <RedirectUrisCard {...shared} />
      <ScopesCard {...shared} known={[...scopes.values()]} scopesPath={appPath(app.id, "/scopes")} />
      <GrantsCard {...shared} />
      <SecurityCard {...shared} />
      <IdTokensCard {...shared} />
      <LifetimesCard {...shared} settings={app.settings} />
      {!readOnly && (
        <div className="lg:pl-74">
          <ClientDangerZone client={client} hidden={hidden} use={use} clients={appPath(app.id, "/clients")} />
        </div>
      )}
    </div>
  );
}
