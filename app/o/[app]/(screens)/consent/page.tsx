// Consent page (RFC 6749 §4.1.1): what the client requests, and the buttons Allow and Deny.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Button } from "@/app/_ui/button";
import { TextLink } from "@/app/_ui/text-link";
import { findConsent } from "@/lib/oauth/consent";
import { findVerifiedDomain } from "@/lib/oauth/publisher/publisher";
import { listResources } from "@/lib/oauth/resources/resource";
import { listScopes } from "@/lib/oauth/scopes/scopes";
import { ExpiredPage } from "../expired-page";
import { BrandButton, PostForm } from "../form";
import { PageCard } from "../page-card";
import { openScreen, type ScreenProps, screenMetadata, screenPath } from "../screen";
import { SignedInUser } from "../signed-in-user";
import { AccessLists } from "./access-lists";
import { ClientSummary } from "./client-summary";
import { AccessDuration, ConsentTitle, LegalLinks } from "./request-parts";
import { groupRequestedScopes } from "./requested-scopes";
import { ScopeList } from "./scope-list";

export function generateMetadata(props: ScreenProps): Promise<Metadata> {
  return screenMetadata(props, "Allow access");
}

export default async function ConsentPage(props: ScreenProps) {
  const { app, screen } = await openScreen(props);
  if (!screen) return <ExpiredPage app={app} />;
  const { interaction, request, recipient, session } = screen;
  if (!session) redirect(screenPath(app, "signin", interaction.id));
  if (!request) redirect(recipient ? screenPath(app, "signin", interaction.id) : screenPath(app, "account"));
  const [known, resources, consent, verifiedDomain] = await Promise.all([
    listScopes(app.id),
    listResources(app.id),
    findConsent(app.id, session.userId, request.client.id),
    findVerifiedDomain(app.id, request.client.id),
  ]);
  const { aboutYou, access, offlineAccess } = groupRequestedScopes(request.consentScopes, known, consent);
  return (
    <PageCard app={app} title={<ConsentTitle name={request.client.client_name} />}>
      <ClientSummary request={request} verifiedDomain={verifiedDomain} />
      <PostForm app={app} path="consent" hidden={{ interaction: interaction.id, user: session.userId }}>
        <div className="mt-6 grid gap-5 border-t border-line pt-5">
          <ScopeList id="about-you" title="About you" scopes={aboutYou} />
          <AccessLists
            app={app}
            resources={resources.filter(({ id }) => request.resources.includes(id))}
            scopes={access}
          />
          <AccessDuration app={app} offlineAccess={offlineAccess} where="on this device" />
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
      <LegalLinks client={request.client} />
    </PageCard>
  );
}
