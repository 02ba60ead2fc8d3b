// MCP in one switch: lets MCP clients connect, and registers the resources of MCP servers.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { Badge } from "@/app/_ui/badge";
import { Card } from "@/app/_ui/card";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { CopyLine } from "@/app/_ui/copy-line";
import { Form } from "@/app/_ui/form";
import { FormField } from "@/app/_ui/form-field";
import { PageHeader } from "@/app/_ui/page-header";
import { ResettingForm } from "@/app/_ui/resetting-form";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextLink } from "@/app/_ui/text-link";
import type { App } from "@/lib/apps/apps";
import { includesRole } from "@/lib/apps/members";
import { listResources } from "@/lib/oauth/resources/resource";
import { type AppPageProps, appPath } from "../app-paths";
import { addServerAction, switchMcpAction } from "./actions";
import { ServerCard } from "./server-card";

export const metadata: Metadata = { title: "MCP" };

export default async function McpPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/mcp"));
  const canEdit = includesRole(role, "admin");
  const servers = (await listResources(app.id)).filter(({ identifier }) => /^https?:/i.test(identifier));

  return (
    <>
      <PageHeader
        title="MCP"
        description="Protects your MCP servers: agents such as Claude connect to them, and your users decide what they may do."
      />
      <div className="grid max-w-3xl gap-6">
        <SwitchCard app={app} canEdit={canEdit} />
        {app.settings.mcp && (
          <>
            {canEdit && <AddServer appId={app.id} isFirst={servers.length === 0} />}
            {servers.map(({ id, name, identifier }) => (
              <ServerCard
                key={id}
                name={name}
                identifier={identifier}
                issuer={app.issuer}
                // The newest one is what was just added.
                isOpen={id === servers.at(-1)?.id}
              />
            ))}
            <p className="text-sm text-ink-muted">
              Each server is a <TextLink href={appPath(app.id, "/resources")}>resource</TextLink> of this app. Agents
              that connected are in the list of <TextLink href={appPath(app.id, "/clients")}>applications</TextLink>.
            </p>
          </>
        )}
      </div>
    </>
  );
}

function SwitchCard({ app, canEdit }: { app: App; canEdit: boolean }) {
  const { mcp } = app.settings;
  return (
    <Card
      title={mcp ? "MCP clients can connect" : "Let MCP clients connect"}
      description={
        mcp
          ? "They register themselves as public applications, or name their metadata document."
          : "Enables open registration of public applications, and metadata documents of any host. Users give consent to each of them."
      }
      actions={<Badge tone={mcp ? "success" : "neutral"}>{mcp ? "Enabled" : "Disabled"}</Badge>}
    >
      {mcp && (
        <dl className="mb-5 grid gap-3">
          <CopyLine label="Authorization server (issuer)" value={app.issuer} />
          <CopyLine label="Metadata (RFC 8414)" value={authorizationServerMetadata(app.issuer)} />
        </dl>
      )}
      {canEdit && (mcp ? <Disable appId={app.id} /> : <Enable appId={app.id} />)}
    </Card>
  );
}

/** RFC 8414 §3.1: the well-known name is between host and path. */
function authorizationServerMetadata(issuer: string): string {
  const { origin, pathname } = new URL(issuer);
  return `${origin}/.well-known/oauth-authorization-server${pathname}`;
}

function Enable({ appId }: { appId: string }) {
  return (
    <Form action={switchMcpAction} hidden={{ app_id: appId, mcp: "on" }} success="MCP enabled">
      <SubmitButton className="justify-self-start">Enable MCP</SubmitButton>
    </Form>
  );
}

function Disable({ appId }: { appId: string }) {
  return (
    <ConfirmDialog
      trigger="Disable MCP"
      title="Disable MCP?"
      action={switchMcpAction}
      hidden={{ app_id: appId, mcp: "off" }}
      confirm="Disable MCP"
      success="MCP disabled"
    >
      <p>New MCP clients can no longer register. Those that are connected stay connected.</p>
    </ConfirmDialog>
  );
}

function AddServer({ appId, isFirst }: { appId: string; isFirst: boolean }) {
  return (
    <Card
      title="Add an MCP server"
      description="Registers its URL as a resource, so that agents get tokens for this server and no other."
    >
      <ResettingForm action={addServerAction} hidden={{ app_id: appId }} success="Server added">
        <FormField
          label="URL of the MCP server"
          name="url"
          subject="The URL"
          placeholder="https://mcp.example.com/mcp"
          maxLength={2000}
          spellCheck={false}
          autoComplete="off"
          dir="ltr"
          required
        />
        <SubmitButton variant={isFirst ? "primary" : "secondary"} className="justify-self-start">
          Add server
        </SubmitButton>
      </ResettingForm>
    </Card>
  );
}
