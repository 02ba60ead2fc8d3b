// What a client requests, and the buttons Allow and Deny: the form of the consent page and of the device page.
import { Button } from "@/app/_ui/button";
import { TextLink } from "@/app/_ui/text-link";
import type { App } from "@/lib/apps/apps";
import { findConsent, hashOfShown } from "@/lib/oauth/consent";
import { listResources } from "@/lib/oauth/resources/resource";
import { listScopes } from "@/lib/oauth/scopes/scopes";
import type { HostedSession } from "@/lib/sessions/cookie";
import { BrandButton, PostForm } from "../form";
import { screenPath } from "../screen";
import { SignedInUser } from "../signed-in-user";
import { AccessLists } from "./access-lists";
import { AccessDuration } from "./request-parts";
import { groupRequestedScopes } from "./requested-scopes";
import { ScopeList } from "./scope-list";

type RequestedAccessProps = {
  app: App;
  /** The page whose handler receives the answer. */
  path: string;
  interactionId: string;
  session: HostedSession;
  clientId: string;
  scopes: string[];
  resources: string[];
  /** The session that access without offline_access ends with: on this device, … */
  where: string;
};

export async function RequestedAccess(props: RequestedAccessProps) {
  const { app, path, interactionId, session, clientId, scopes, resources, where } = props;
  const [known, all, consent] = await Promise.all([
    listScopes(app.id),
    listResources(app.id),
    findConsent(app.id, session.userId, clientId),
  ]);
  const { aboutYou, access, offlineAccess } = groupRequestedScopes(scopes, known, consent);
  const hidden = { interaction: interactionId, user: session.userId, shown: hashOfShown(scopes) };
  return (
    <PostForm app={app} path={path} hidden={hidden}>
      <div className="mt-6 grid gap-5 border-t border-line pt-5">
        <ScopeList id="about-you" title="About you" scopes={aboutYou} />
        <AccessLists app={app} resources={all.filter(({ id }) => resources.includes(id))} scopes={access} />
        <AccessDuration app={app} offlineAccess={offlineAccess} where={where} />
      </div>
      <div className="mt-6 border-t border-line pt-5">
        <SignedInUser session={session} />
        <p className="mt-2 text-sm text-ink-muted">
          Not you? <TextLink href={screenPath(app, "signin", interactionId)}>Use another account</TextLink>
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
  );
}
