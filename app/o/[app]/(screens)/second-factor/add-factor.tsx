// Adds the first second factor during a sign-in: the choice of its kind, then its form.

import { loadRequestOf } from "@/app/_server/hosted";
import { Button } from "@/app/_ui/button";
import { TextLink } from "@/app/_ui/text-link";
import type { FactorType } from "@/lib/apps/settings";
import { secondFactorUrl } from "@/lib/hosted/signing-in";
import { PostForm } from "../form";
import { IsolatedText } from "../isolated-text";
import { PageCard } from "../page-card";
import { AddAuthenticator } from "./add-authenticator";
import { AddEmail } from "./add-email";
import { AddPasskey } from "./add-passkey";
import { methodsOnPages } from "./methods";
import { PendingUser } from "./pending-user";
import { StartAgain } from "./start-again";
import type { WayProps } from "./way-props";
import { type Way, Ways } from "./ways";

const ORDER: FactorType[] = ["totp", "passkey", "email"];

const FORMS = { totp: AddAuthenticator, passkey: AddPasskey, email: AddEmail };

export function AddFactor({ chosen, ...shown }: WayProps & { chosen?: string }) {
  const { app, pending } = shown;
  const methods = methodsOnPages(app, pending);
  const ways = ORDER.filter((way) => methods.includes(way));
  const way = ways.find((one) => one === chosen);
  if (ways.length === 0) return <NoWay {...shown} />;
  if (!way) return <Choice {...shown} ways={ways} />;
  const Form = FORMS[way];
  return (
    <Form
      {...shown}
      back={ways.length > 1 && <TextLink href={secondFactorUrl(app, pending.id)}>Choose another way</TextLink>}
    />
  );
}

async function Choice({ ways, ...shown }: WayProps & { ways: Way[] }) {
  const { app, pending } = shown;
  const request = pending.sessionId ? await loadRequestOf(app, pending) : null;
  const name = <IsolatedText className="font-medium text-ink">{app.name}</IsolatedText>;
  return (
    <PageCard
      app={app}
      title="Add a second factor"
      description={
        request ? (
          <p>
            <IsolatedText className="font-medium text-ink">{request.client.client_name}</IsolatedText>{" "}
            {request.acr?.essential ? "requires" : "asks for"} a second factor, which protects your account at {name}.
          </p>
        ) : (
          <p>{name} requires a second factor. It protects your account even if another person learns your password.</p>
        )
      }
      footer={<StartAgain {...shown} />}
    >
      <PendingUser email={pending.user.email} />
      <Ways adding ways={ways} hrefOf={(way) => secondFactorUrl(app, pending.id, way)} />
      {request && (
        <PostForm app={app} path="second-factor/decline" hidden={{ sign_in: pending.id }} className="mt-5">
          <Button type="submit" variant="quiet" size="lg" className="w-full">
            {request.acr?.essential ? "Cancel" : "Not now"}
          </Button>
        </PostForm>
      )}
    </PageCard>
  );
}

function NoWay({ app, pending }: WayProps) {
  return (
    <PageCard
      app={app}
      title="Sign in with another method"
      description={
        <p>
          <IsolatedText className="font-medium text-ink">{app.name}</IsolatedText> requires a second factor, and none
          can follow a sign-in by email. Sign in with another method. If you have no other, contact the owner of this
          app.
        </p>
      }
      footer={<StartAgain app={app} pending={pending} />}
    />
  );
}
