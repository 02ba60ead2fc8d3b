// Consent page (RFC 6749 §4.1.1): what the client requests, and the buttons Allow and Deny.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { findVerifiedDomain } from "@/lib/oauth/publisher/publisher";
import { ExpiredPage } from "../expired-page";
import { PageCard } from "../page-card";
import { openScreen, type ScreenProps, screenMetadata, screenPath } from "../screen";
import { ClientSummary } from "./client-summary";
import { ConsentTitle, LegalLinks } from "./request-parts";
import { RequestedAccess } from "./requested-access";

export function generateMetadata(props: ScreenProps): Promise<Metadata> {
  return screenMetadata(props, "Allow access");
}

export default async function ConsentPage(props: ScreenProps) {
  const { app, screen } = await openScreen(props);
  if (!screen) return <ExpiredPage app={app} />;
  const { interaction, request, recipient, session } = screen;
  if (!session) redirect(screenPath(app, "signin", interaction.id));
  if (!request) redirect(recipient ? screenPath(app, "signin", interaction.id) : screenPath(app, "account"));
  const verifiedDomain = await findVerifiedDomain(app.id, request.client.id);
  return (
    <PageCard app={app} title={<ConsentTitle name={request.client.client_name} />}>
      <ClientSummary request={request} verifiedDomain={verifiedDomain} />
      <RequestedAccess
        app={app}
        path="consent"
        interactionId={interaction.id}
        session={session}
        clientId={request.client.id}
        scopes={request.consentScopes}
        resources={request.resources}
        where="on this device"
      />
      <LegalLinks client={request.client} />
    </PageCard>
  );
}
