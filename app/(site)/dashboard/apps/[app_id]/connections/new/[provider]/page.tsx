// Page to add a connection: register Foyer at the provider, then enter the credentials.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireMembership } from "@/app/_server/dashboard-session";
import { ButtonLink } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { Form } from "@/app/_ui/form";
import { PageHeader } from "@/app/_ui/page-header";
import { SubmitButton } from "@/app/_ui/submit-button";
import { includesRole } from "@/lib/apps/members";
import { callbackUrl, listConnections } from "@/lib/social/connections";
import { PROVIDER_NAMES, PROVIDERS } from "@/lib/social/list";
import { type AppPageProps, appPath } from "../../../app-paths";
import { createConnectionAction } from "../../actions";
import { CallbackUrl, NamedCallbackUrl } from "../../callback-url";
import { AdvancedFields, CredentialFields, EnabledField, ReturnFields } from "../../connection-fields";
import { Registration } from "../../registration";

type NewProps = Pick<AppPageProps<{ app_id: string; provider: string }>, "params">;

function providerOf(name: string) {
  return PROVIDER_NAMES.find((known) => known === name) ?? notFound();
}

export async function generateMetadata({ params }: NewProps): Promise<Metadata> {
  const { provider } = await params;
  const known = PROVIDER_NAMES.find((one) => one === provider);
  return { title: known ? `Add ${PROVIDERS[known].label}` : "Not found" };
}

export default async function NewConnectionPage({ params }: NewProps) {
  const { app_id, provider: asked } = await params;
  const connections = appPath(app_id, "/connections");
  const { app, role } = await requireMembership(app_id, `${connections}/new/${asked}`);
  if (!includesRole(role, "admin")) notFound();
  const provider = providerOf(asked);
  const { label, issuer } = PROVIDERS[provider];
  const taken = (await listConnections(app.id)).some(({ connection }) => connection === provider);
  // The first connection to a provider has the provider's name; others need their own.
  const anyIssuer = issuer?.required === true;
  const named = taken || anyIssuer;

  return (
    <div className="max-w-2xl">
      <PageHeader title={`Add ${label}`} breadcrumb={[{ href: connections, label: "Connections" }]} />
      <Form action={createConnectionAction} hidden={{ app_id: app.id, provider }} className="grid gap-6">
        <Card title={`1. Register Foyer at ${anyIssuer ? "the issuer" : label}`}>
          <div className="grid gap-5">
            <Registration provider={provider} />
            {named ? (
              <NamedCallbackUrl template={callbackUrl(app.id, "NAME")} name={anyIssuer ? "" : `${provider}-2`} />
            ) : (
              <CallbackUrl url={callbackUrl(app.id, provider)} />
            )}
          </div>
        </Card>
        <Card title="2. Enter the credentials from the provider">
          <div className="grid gap-5">
            <CredentialFields provider={provider} />
          </div>
        </Card>
        <Card title="3. Return to your own pages">
          <div className="grid gap-5">
            <ReturnFields />
            <AdvancedFields provider={provider} />
            <EnabledField />
          </div>
        </Card>
        <div className="flex gap-3">
          <SubmitButton>Add {label}</SubmitButton>
          <ButtonLink variant="quiet" href={connections} prefetch={false}>
            Cancel
          </ButtonLink>
        </div>
      </Form>
    </div>
  );
}
