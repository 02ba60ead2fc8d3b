// One client: what it is, where it comes back to, what it may ask for, how it proves itself, and its end.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireMembership } from "@/app/_edge/dashboard-session";
import { Card } from "@/app/_ui/card";
import { FormCard } from "@/app/_ui/form-card";
import { FormField, FormTextarea } from "@/app/_ui/form-field";
import { IdChip } from "@/app/_ui/id-chip";
import { PageHeader } from "@/app/_ui/page-header";
import { RelativeTime } from "@/app/_ui/relative-time";
import { includesRole } from "@/lib/apps/members";
import { clientAnswer, findClient } from "@/lib/oauth/clients/clients";
import { listClientSecrets } from "@/lib/oauth/clients/secrets";
import { countConsents } from "@/lib/oauth/consent";
import { listScopes } from "@/lib/oauth/scopes";
import { type AppPageProps, appPath } from "../../app-paths";
import { changeAddressesAction, changeBasicsAction, changeLifetimesAction, changeScopesAction } from "../actions";
import { kindOf } from "../types";
import { ClientDanger } from "./client-danger";
import { ScopeBoxes } from "./scope-boxes";
import { SecretsCard } from "./secrets-card";
import { SecurityCard } from "./security-card";

export const metadata: Metadata = { title: "Client" };

export default async function ClientPage({ params }: AppPageProps<{ app_id: string; client_id: string }>) {
  const { app_id, client_id } = await params;
  const clients = appPath(app_id, "/clients");
  const { app, role } = await requireMembership(app_id, `${clients}/${client_id}`);
  const found = await findClient(app.id, client_id);
  if (!found) notFound();
  const client = clientAnswer(found);
  const [scopes, secrets, connected] = await Promise.all([
    listScopes(app.id),
    listClientSecrets(app.id, client_id),
    countConsents(app.id, client_id),
  ]);
  const mayChange = includesRole(role, "admin");
  const hidden = { app_id: app.id, client_id };
  const shared = { hidden, readOnly: !mayChange, success: "The client is saved", beside: true };
  const withUsers = client.grant_types.includes("authorization_code");

  return (
    <>
      <PageHeader title={client.client_name} breadcrumb={[{ href: clients, label: "Clients" }]} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
        <Card>
          <dl className="grid gap-x-8 gap-y-3 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
            <dt className="text-ink-muted">Client id</dt>
            <dd className="min-w-0">
              <IdChip id={client_id} what="the client id" />
            </dd>
            <dt className="text-ink-muted">Issuer</dt>
            <dd className="min-w-0">
              <IdChip id={app.issuer} what="the issuer" />
            </dd>
            <dt className="text-ink-muted">Kind</dt>
            <dd>
              {kindOf(client)}
              {client.public && ", without a secret"}
            </dd>
            <dt className="text-ink-muted">Last used</dt>
            <dd>{client.last_used_at ? <RelativeTime at={new Date(client.last_used_at)} /> : "Never"}</dd>
            <dt className="text-ink-muted">Connected by</dt>
            <dd>
              {connected} {connected === 1 ? "user" : "users"}
            </dd>
          </dl>
        </Card>
        <FormCard
          title="Who it is"
          description="What users see when it asks them, and on their account page."
          action={changeBasicsAction}
          {...shared}
        >
          <FormField label="Name" name="client_name" defaultValue={client.client_name} maxLength={200} required />
          <Address label="Website" name="client_uri" value={client.client_uri} />
          <Address label="Logo" name="logo_uri" value={client.logo_uri} hint="Shown when it comes by https." />
          <Address label="Privacy policy" name="policy_uri" value={client.policy_uri} />
          <Address label="Terms of service" name="tos_uri" value={client.tos_uri} />
        </FormCard>
        {withUsers && (
          <FormCard
            title="Addresses"
            description="Where the browser may be sent with a code, and after a sign-out. Character by character."
            action={changeAddressesAction}
            {...shared}
          >
            <Lines label="Redirect URIs" name="redirect_uris" lines={client.redirect_uris} />
            <Lines
              label="Post-logout redirect URIs"
              name="post_logout_redirect_uris"
              lines={client.post_logout_redirect_uris}
              optional
            />
          </FormCard>
        )}
        <FormCard
          title="Scopes"
          description="What it may ask for. What a user has allowed before stays as it is."
          action={changeScopesAction}
          {...shared}
        >
          <ScopeBoxes known={[...scopes.values()]} allowed={client.scopes} />
        </FormCard>
        <SecurityCard client={client} {...shared} />
        <FormCard
          title="Lifetimes"
          description="In seconds. Left empty, the App's own count."
          action={changeLifetimesAction}
          {...shared}
        >
          <div className="grid gap-5 sm:grid-cols-2">
            <Seconds label="Access token" name="access_token_ttl_seconds" value={client.access_token_ttl_seconds} />
            <Seconds label="ID token" name="id_token_ttl_seconds" value={client.id_token_ttl_seconds} />
            <Seconds label="Refresh, unused" name="refresh_idle_ttl_seconds" value={client.refresh_idle_ttl_seconds} />
            <Seconds
              label="Refresh, at most"
              name="refresh_absolute_ttl_seconds"
              value={client.refresh_absolute_ttl_seconds}
            />
          </div>
        </FormCard>
        {!client.public && <SecretsCard secrets={secrets} hidden={hidden} readOnly={!mayChange} />}
        {mayChange && (
          <div className="lg:pl-74">
            <ClientDanger client={client} hidden={hidden} connected={connected} clients={clients} />
          </div>
        )}
      </div>
    </>
  );
}

function Address({ label, name, value, hint }: { label: string; name: string; value: string | null; hint?: string }) {
  return (
    <FormField
      label={label}
      name={name}
      subject="The address"
      hint={hint}
      defaultValue={value ?? ""}
      placeholder="https://"
      spellCheck={false}
      autoComplete="off"
      dir="ltr"
      optional
    />
  );
}

function Lines({ label, name, lines, optional }: { label: string; name: string; lines: string[]; optional?: boolean }) {
  return (
    <FormTextarea
      label={label}
      name={name}
      subject="The line"
      hint="One per line."
      defaultValue={lines.join("\n")}
      rows={Math.min(8, lines.length + 2)}
      spellCheck={false}
      dir="ltr"
      optional={optional}
    />
  );
}

function Seconds({ label, name, value }: { label: string; name: string; value: number | null }) {
  return (
    <FormField
      label={label}
      name={name}
      subject="The time"
      defaultValue={value === null ? "" : String(value)}
      inputMode="numeric"
      autoComplete="off"
      optional
    />
  );
}
