// Offers a passkey after a sign-in with a password.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { loadFlash } from "@/app/_server/hosted";
import { Button } from "@/app/_ui/button";
import { PasskeyForm } from "@/app/_ui/passkey-form";
import { creationOptions, registrationBy } from "@/lib/factors/passkey/registration";
import { Alert } from "../alert";
import { ExpiredPage } from "../expired-page";
import { branded, PostForm } from "../form";
import { IsolatedText } from "../isolated-text";
import { PageCard } from "../page-card";
import { openScreen, type ScreenProps, screenMetadata, screenPath } from "../screen";

export function generateMetadata(props: ScreenProps): Promise<Metadata> {
  return screenMetadata(props, "Add a passkey");
}

export default async function PasskeyOfferPage(props: ScreenProps) {
  const { app, screen } = await openScreen(props);
  if (!screen) return <ExpiredPage app={app} />;
  const { interaction, session } = screen;
  if (!session) redirect(screenPath(app, "signin", interaction.id));
  const flash = await loadFlash(app, "passkey-offer");
  const { id: sessionId, userId: id, email, name } = session;
  const options = await creationOptions(app, { id, email, name }, registrationBy(id, sessionId));
  return (
    <PageCard
      app={app}
      title="Sign in without your password next time?"
      description={
        <p>
          Add a passkey for <IsolatedText className="font-medium text-ink">{app.name}</IsolatedText> to this device.
          Then your fingerprint, your face, or the lock of the device signs you in.
        </p>
      }
    >
      {flash && !flash.ok && (
        <Alert tone="danger" role="alert" className="mb-5">
          {flash.message}
        </Alert>
      )}
      <PasskeyForm
        action={`/o/${app.id}/passkey-offer/submit`}
        hidden={{ interaction: interaction.id }}
        options={{ create: options }}
        label="Add a passkey"
        className={`w-full ${branded}`}
      />
      <PostForm app={app} path="passkey-offer" hidden={{ interaction: interaction.id }} className="mt-3">
        <Button type="submit" variant="quiet" size="lg" className="w-full">
          Not now
        </Button>
      </PostForm>
    </PageCard>
  );
}
