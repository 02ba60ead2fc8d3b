// Device consent page (RFC 8628 §3.3, §5.4): what the device requests, and whether the user started it.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { App } from "@/lib/apps/apps";
import { findVerifiedDomain } from "@/lib/oauth/publisher/publisher";
import { ConsentTitle, LegalLinks } from "../../consent/request-parts";
import { RequestedAccess } from "../../consent/requested-access";
import { BrandAnchor } from "../../form";
import { PageCard } from "../../page-card";
import { openScreen, type ScreenProps, screenMetadata, screenPath } from "../../screen";
import { DeviceSummary } from "./device-summary";

export function generateMetadata(props: ScreenProps): Promise<Metadata> {
  return screenMetadata(props, "Allow access");
}

export default async function DeviceConsentPage(props: ScreenProps) {
  const { app, screen } = await openScreen(props);
  if (!screen?.device) return <ExpiredCode app={app} />;
  const { interaction, device, session } = screen;
  if (!session) redirect(screenPath(app, "signin", interaction.id));
  const { client } = device;
  const verifiedDomain = await findVerifiedDomain(app.id, client.id);
  return (
    <PageCard app={app} title={<ConsentTitle name={client.client_name} />}>
      <DeviceSummary device={device} verifiedDomain={verifiedDomain} />
      <RequestedAccess
        app={app}
        path="device/confirm"
        interactionId={interaction.id}
        session={session}
        clientId={client.id}
        scopes={device.scopes}
        resources={device.resources}
        where="in this browser"
      />
      <LegalLinks client={client} />
    </PageCard>
  );
}

function ExpiredCode({ app }: { app: App }) {
  return (
    <PageCard
      app={app}
      title="This sign-in has expired"
      description={<p>The code was already used, or it’s older than 10 minutes. Start again on your device.</p>}
    >
      <BrandAnchor href={screenPath(app, "device")} className="w-full">
        Enter a new code
      </BrandAnchor>
    </PageCard>
  );
}
