// Settings page of an application: one form with basic and advanced settings.
import { Form } from "@/app/_ui/form";
import { SaveBar } from "@/app/_ui/save-bar";
import { TextLink } from "@/app/_ui/text-link";
import { countClientUsage } from "@/lib/oauth/clients/usage-counts";
import { listScopes } from "@/lib/oauth/scopes/scopes";
import { appPath } from "../../../app-paths";
import { saveSettingsAction } from "../../actions";
import { versionOf } from "../../version";
import { type ClientPageProps, requireClient } from "../client-page";
import { AccessTokensSection } from "./access-tokens-section";
import { AdvancedSettings } from "./advanced-settings";
import { AuthenticationSection } from "./authentication-section";
import { ClientDangerZone } from "./client-danger-zone";
import { GeneralSection } from "./general-section";
import { GrantsSection } from "./grants-section";
import { IdTokensSection } from "./id-tokens-section";
import { LifetimesSection } from "./lifetimes-section";
import { RedirectUrisSection } from "./redirect-uris-section";
import { RequestsSection } from "./requests-section";
import { ScopesSection } from "./scopes-section";
import { SignInSection } from "./sign-in-section";
import { SubjectsSection } from "./subjects-section";
import { TrustSection } from "./trust-section";

export default async function ClientSettingsPage({ params }: ClientPageProps) {
  const { app, client, hidden, ...page } = await requireClient({ params }, "/settings");
  const isFromDocument = client.source === "cimd";
  const readOnly = page.readOnly || isFromDocument;
  const [scopes, use] = await Promise.all([listScopes(app.id), countClientUsage(app.id, client.id)]);

  return (
    <div className="grid gap-8">
      {isFromDocument && <FromDocument url={client.id} />}
      {page.readOnly && (
        <p className="text-ink-muted">You can view these settings. Only owners and admins can change them.</p>
      )}
      <Form
        action={saveSettingsAction}
        hidden={{ ...hidden, version: versionOf(client) }}
        success="Application saved"
        aria-label="Settings"
        className="grid gap-8"
        placesMessage
      >
        <fieldset disabled={readOnly} className="grid min-w-0 gap-8">
          <GeneralSection client={client} />
          <RedirectUrisSection client={client} />
          <ScopesSection client={client} known={[...scopes.values()]} scopesPath={appPath(app.id, "/scopes")} />
          <TrustSection client={client} />
          <AdvancedSettings>
            <GrantsSection client={client} />
            <AuthenticationSection client={client} />
            <RequestsSection client={client} />
            <AccessTokensSection client={client} />
            <IdTokensSection client={client} />
            <SubjectsSection client={client} />
            <SignInSection client={client} />
            <LifetimesSection client={client} settings={app.settings} />
          </AdvancedSettings>
        </fieldset>
        {!readOnly && <SaveBar />}
      </Form>
      {!page.readOnly && (
        <div className="lg:pl-74">
          <ClientDangerZone client={client} hidden={hidden} use={use} clients={appPath(app.id, "/clients")} />
        </div>
      )}
    </div>
  );
}

function FromDocument({ url }: { url: string }) {
  return (
    <p className="text-sm text-ink-muted">
      The application’s publisher decides these settings in{" "}
      <TextLink href={url} className="break-all">
        {url}
      </TextLink>
      . Foyer reads the document again at least once a day.
    </p>
  );
}
