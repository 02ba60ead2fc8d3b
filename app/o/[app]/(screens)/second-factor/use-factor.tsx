// Uses a second factor that the user has.
import type { App } from "@/lib/apps/apps";
import { secondFactorUrl } from "@/lib/hosted/signing-in";
import type { Pending } from "@/lib/signin/pending";
import { IsolatedText } from "../isolated-text";
import { PageCard } from "../page-card";
import { AuthenticatorForm, RecoveryCodeForm } from "./code-forms";
import { EmailWay } from "./email-way";
import { methodsOnPages } from "./methods";
import { PasskeyWay } from "./passkey-way";
import { PendingUser } from "./pending-user";
import { StartAgain } from "./start-again";
import type { WayProps } from "./way-props";
import { type Way, Ways } from "./ways";

/** The authenticator app comes first. */
const ORDER: Way[] = ["totp", "passkey", "email", "recovery_code"];

const FORMS = { totp: AuthenticatorForm, passkey: PasskeyWay, email: EmailWay, recovery_code: RecoveryCodeForm };

function waysOf(app: App, pending: Pending): Way[] {
  const methods: Way[] = methodsOnPages(app, pending);
  // Recovery codes come with the first factor. They don't replace a passkey where one is required.
  const hasCodes = pending.user.factors.length > 0 && pending.acr !== "phr";
  return ORDER.filter((way) => methods.includes(way) || (way === "recovery_code" && hasCodes));
}

export function UseFactor({ chosen, ...shown }: WayProps & { chosen?: string }) {
  const { app, pending } = shown;
  const ways = waysOf(app, pending);
  const way = ways.find((one) => one === chosen) ?? ways[0];
  if (!way) return <NoWay {...shown} />;
  const Form = FORMS[way];
  const others = ways.filter((one) => one !== way);
  return (
    <PageCard
      app={app}
      title="Confirm it’s you"
      description={
        <p>
          {pending.sessionId ? "Use your second factor to continue at " : "Use your second factor to sign in to "}
          <IsolatedText className="font-medium text-ink">{app.name}</IsolatedText>.
        </p>
      }
      footer={<StartAgain {...shown} />}
    >
      <PendingUser email={pending.user.email} />
      <Form {...shown} />
      {others.length > 0 && (
        <section aria-labelledby="ways" className="mt-8 border-t border-line pt-6">
          <h2 id="ways" className="mb-3 text-sm font-medium text-ink-muted">
            Use another way
          </h2>
          <Ways ways={others} hrefOf={(other) => secondFactorUrl(app, pending.id, other)} />
        </section>
      )}
    </PageCard>
  );
}

/** The app's policy changed after the sign-in began. */
function NoWay({ app, pending }: WayProps) {
  return (
    <PageCard
      app={app}
      title="This sign-in can’t continue"
      description={<p>Your second factor can’t be used any longer. Sign in again.</p>}
      footer={<StartAgain app={app} pending={pending} />}
    />
  );
}
