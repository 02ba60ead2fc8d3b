// Device consent page (RFC 8628 §3.3, §5.4): what the device requests, and whether the user started it.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Button } from "@/app/_ui/button";
import { TextLink } from "@/app/_ui/text-link";
import type { App } from "@/lib/apps/apps";
import { findConsent } from "@/lib/oauth/consent";
import { findVerifiedDomain } from "@/lib/oauth/publisher/publisher";
import { listScopes } from "@/lib/oauth/scopes/scopes";
import { AccessDuration, ConsentTitle, LegalLinks } from "../../consent/request-parts";
import { groupRequestedScopes } from "../../consent/requested-scopes";
import { ScopeList } from "../../consent/scope-list";
import { BrandAnchor, BrandButton, PostForm } from "../../form";
import { IsolatedText } from "../../isolated-text";
import { PageCard } from "../../page-card";
import { openScreen, type ScreenProps, screenMetadata, screenPath } from "../../screen";
import { SignedInUser } from "../../signed-in-user";
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
  const [known, consent, verifiedDomain] = await Promise.all([
    listScopes(app.id),
    findConsent(app.id, session.userId, client.id),
    findVerifiedDomain(app.id, client.id),
  ]);
  const { aboutYou, access, offlineAccess } = groupRequestedScopes(device.scopes, known, consent);
  return (
    <PageCard app={app} title={<ConsentTitle name={client.client_name} />}>
      <DeviceSummary device={device} verifiedDomain={verifiedDomain} />
      <PostForm app={app} path="device/confirm" hidden={{ interaction: interaction.id, user: session.userId }}>
        <div className="mt-6 grid gap-5 border-t border-line pt-5">
          <ScopeList id="about-you" title="About you" scopes={aboutYou} />
          <ScopeList
            id="access"
            title={
              <>
                Your data at <IsolatedText>{app.name}</IsolatedText>
              </>
            }
            scopes={access}
          />
          <AccessDuration app={app} offlineAccess={offlineAccess} where="in this browser" />
        </div>
        <div className="mt-6 border-t border-line pt-5">
          <SignedInUser session={session} />
          <p className="mt-2 text-sm text-ink-muted">
            Not you? <TextLink href={screenPath(app, "signin", interaction.id)}>Use another account</TextLink>
          </p>
        </div>
        {/* The Enter key submits the first button, so Deny comes first. */}
        <div className="mt-6 grid grid-cols-2 gap-3">
          <Button type="submit" variant="secondary" size="lg" name="decision" value="deny">
            Deny
          </Button>
          <BrandButton name="decision" value="allow">
            Allow
          </BrandButton>
        </div>
      </PostForm>
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
