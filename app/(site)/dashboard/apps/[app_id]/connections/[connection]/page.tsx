// Connection page: settings, registration at the provider, test and deletion.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireMembership } from "@/app/_server/dashboard-session";
import { Card } from "@/app/_ui/card";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { DangerCard } from "@/app/_ui/danger-card";
import { FormCard } from "@/app/_ui/form-card";
import { PageHeader } from "@/app/_ui/page-header";
import { ProviderLogo } from "@/app/_ui/provider-logo";
import { includesRole } from "@/lib/apps/members";
import { type Connection, connectionAnswer, findConnection } from "@/lib/social/connections";
import { countIdentities } from "@/lib/social/identities";
import { type AppPageProps, appPath } from "../../app-paths";
import { DETAIL_LAYOUT } from "../../detail-layout";
import { deleteConnectionAction, updateConnectionAction } from "../actions";
import { CallbackUrl } from "../callback-url";
import { AdvancedFields, CredentialFields, EnabledField, ReturnFields } from "../connection-fields";
import { ConnectionStatus, userCount } from "../connection-table";
import { Registration } from "../registration";
import { StartLink } from "../start-link";
import { TestButton } from "../test-button";

export const metadata: Metadata = { title: "Connection" };

export default async function ConnectionPage({ params }: AppPageProps<{ app_id: string; connection: string }>) {
  const { app_id, connection: name } = await params;
  const connections = appPath(app_id, "/connections");
  const { app, role } = await requireMembership(app_id, `${connections}/${name}`);
  const found = (await findConnection(app.id, name)) ?? notFound();
  const readOnly = !includesRole(role, "admin");
  const { provider, label } = found;
  const connection = connectionAnswer(found);

  return (
    <>
      <PageHeader
        title={label}
        breadcrumb={[{ href: connections, label: "Connections" }]}
        description={
          <span className="flex flex-wrap items-center gap-x-2.5 gap-y-2 text-sm">
            <ProviderLogo provider={provider} className="size-4.5" />
            <code className="font-mono text-xs">{name}</code>
            <ConnectionStatus enabled={found.enabled} />
          </span>
        }
        actions={!readOnly && <TestButton appId={app.id} name={name} label={label} />}
      />
      <div className={DETAIL_LAYOUT}>
        <FormCard
          title="Settings"
          action={updateConnectionAction}
          hidden={{ app_id: app.id, name, provider }}
          readOnly={readOnly}
          success="Connection saved"
        >
          <EnabledField connection={connection} />
          <CredentialFields provider={provider} connection={connection} />
          <ReturnFields connection={connection} />
          <AdvancedFields provider={provider} connection={connection} />
        </FormCard>
        <div className="grid gap-6 lg:row-span-2">
          <Card title="At the provider">
            <div className="grid gap-4">
              <Registration provider={provider} />
              <CallbackUrl url={connection.callback_url} />
            </div>
          </Card>
          <Card title="On your pages" description="Link to this URL to start a sign-in.">
            <StartLink app={app} connection={connection} />
          </Card>
        </div>
        {!readOnly && <Danger connection={found} connections={connections} />}
      </div>
    </>
  );
}

async function Danger({ connection, connections }: { connection: Connection; connections: string }) {
  const { appId, connection: name, label } = connection;
  const users = await countIdentities(appId, name);
  const linked = users === 1 ? "One user is" : `${userCount(users)} users are`;
  return (
    <DangerCard
      items={[
        {
          title: "Delete connection",
          description:
            "Users can no longer sign in with this connection. Re-creating it with the same name restores their links.",
          action: (
            <ConfirmDialog
              trigger="Delete connection"
              triggerProps={{ variant: "danger" }}
              title={`Delete ${label}?`}
              action={deleteConnectionAction}
              hidden={{ app_id: appId, name }}
              confirm="Delete connection"
              success="Connection deleted"
              redirectTo={connections}
            >
              <p>
                {users === 0
                  ? "No users have signed in with this connection."
                  : `${linked} linked to this connection. Users who have neither a password nor a verified email address can’t sign in anymore.`}
              </p>
            </ConfirmDialog>
          ),
        },
      ]}
    />
  );
}
