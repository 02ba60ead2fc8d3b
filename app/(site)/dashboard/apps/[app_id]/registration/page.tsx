// Dynamic registration and metadata documents: which applications may introduce themselves.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { Card } from "@/app/_ui/card";
import { CopyLine } from "@/app/_ui/copy-line";
import { FormSelect, FormTextarea } from "@/app/_ui/form-field";
import { PageHeader } from "@/app/_ui/page-header";
import { Section } from "@/app/_ui/section";
import { TextLink } from "@/app/_ui/text-link";
import { includesRole } from "@/lib/apps/members";
import { registrationPolicy } from "@/lib/oauth/registration/policy";
import { listRegistrationTokens } from "@/lib/oauth/registration/tokens";
import { type AppPageProps, appPath } from "../app-paths";
import { SettingsForm } from "../settings/settings-form";
import { saveRegistrationAction } from "./actions";
import { CreateToken } from "./create-token";
import { TokenTable } from "./token-table";

export const metadata: Metadata = { title: "Registration" };

const MODES = [
  { value: "off", label: "Off: only you create applications" },
  { value: "token", label: "With a registration token" },
  { value: "open", label: "Open: any application can register" },
];

const DOCUMENTS = [
  { value: "off", label: "Off" },
  { value: "listed", label: "Of the hosts below" },
  { value: "any", label: "Of any host" },
];

export default async function RegistrationPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/registration"));
  const canEdit = includesRole(role, "admin");
  const tokens = await listRegistrationTokens(app.id);
  const { settings } = app;
  const policy = registrationPolicy(app);

  return (
    <>
      <PageHeader
        title="Registration"
        description="How applications introduce themselves, without you creating them. Users always give consent to them."
      />
      <div className="grid gap-8">
        {settings.mcp && <McpNotice path={appPath(app.id, "/mcp")} />}
        <SettingsForm appId={app.id} label="Registration" action={saveRegistrationAction} readOnly={!canEdit}>
          <Section
            title="Dynamic registration"
            description="An application registers at an endpoint and gets its client ID (RFC 7591)."
          >
            <FormSelect
              label="Who may register"
              name="registration"
              options={MODES}
              hint="Registered applications are never first-party. Unused ones are deleted after a day if registration is open."
              defaultValue={settings.registration}
            />
            {policy.registration !== "off" && (
              <dl>
                <CopyLine label="Registration endpoint" value={`${app.issuer}/register`} />
              </dl>
            )}
          </Section>
          <Section
            title="Metadata documents"
            description="The client ID is the URL of a document that describes the application. Nothing is registered."
          >
            <FormSelect
              label="Accept metadata documents"
              name="client_metadata_documents"
              options={DOCUMENTS}
              hint="The consent page shows the host of the document as the application’s identity."
              defaultValue={settings.client_metadata_documents}
            />
            <FormTextarea
              label="Hosts"
              name="client_metadata_hosts"
              subject="The line"
              hint="One host per line."
              placeholder="client.example.com"
              defaultValue={settings.client_metadata_hosts.join("\n")}
              rows={3}
              spellCheck={false}
              dir="ltr"
              optional
            />
          </Section>
        </SettingsForm>
        <div className="lg:pl-74">
          <Card
            title="Registration tokens"
            description="A token registers any number of applications until it expires or you revoke it."
          >
            {canEdit ? (
              <CreateToken appId={app.id} />
            ) : (
              <p className="text-sm text-ink-muted">Only owners and admins can create tokens.</p>
            )}
          </Card>
          {tokens.length > 0 && (
            <div className="mt-6">
              <TokenTable tokens={tokens} appId={app.id} canEdit={canEdit} />
            </div>
          )}
        </div>
      </div>
    </>
  );
}

function McpNotice({ path }: { path: string }) {
  return (
    <p className="rounded-md bg-accent-soft px-4 py-3 text-sm">
      MCP is enabled, so public applications can register, and metadata documents of any host are accepted, whatever you
      choose here. <TextLink href={path}>Open MCP</TextLink>
    </p>
  );
}
