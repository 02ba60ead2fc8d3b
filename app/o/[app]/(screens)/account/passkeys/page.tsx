// Adds a passkey to the account of a signed-in user.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { requireAccount } from "@/app/_server/hosted";
import { PasskeyForm } from "@/app/_ui/passkey-form";
import { TextLink } from "@/app/_ui/text-link";
import { findApp } from "@/lib/apps/apps";
import { missingForChange } from "@/lib/factors/fresh";
import { creationOptions, registrationBy } from "@/lib/factors/passkey/registration";
import { worksOnHostedPages } from "@/lib/factors/passkey/site";
import { stepUpUrl } from "@/lib/hosted/second-factor/step-up";
import { Alert } from "../../alert";
import { branded } from "../../form";
import { PageCard } from "../../page-card";
import { screenPath } from "../../screen";

type PasskeyProps = { params: Promise<{ app: string }> };

export async function generateMetadata({ params }: PasskeyProps): Promise<Metadata> {
  const app = await findApp((await params).app);
  return { title: { absolute: app ? `Add a passkey · ${app.name}` : "Not found" } };
}

export default async function AddPasskeyPage({ params }: PasskeyProps) {
  const { app, session, flash } = await requireAccount((await params).app, "account/passkeys");
  if (!worksOnHostedPages(app.settings)) redirect(screenPath(app, "account"));
  const current = { userId: session.userId, sessionId: session.id };
  if (await missingForChange(app, current)) redirect(stepUpUrl(app, "account/passkeys"));
  const { userId: id, email, name } = session;
  const options = await creationOptions(app, { id, email, name }, registrationBy(id, session.id));
  return (
    <PageCard
      app={app}
      title="Add a passkey"
      description={
        <p>
          Your browser asks for your fingerprint, your face, or the lock of your device. From then on, you can sign in
          with it instead of your password.
        </p>
      }
      footer={
        <p>
          <TextLink href={screenPath(app, "account")}>Cancel</TextLink>
        </p>
      }
    >
      {flash && !flash.ok && (
        <Alert tone="danger" role="alert" className="mb-5">
          {flash.message}
        </Alert>
      )}
      <PasskeyForm
        action={`/o/${app.id}/account/passkeys/submit`}
        options={{ create: options }}
        label="Create passkey"
        className={`w-full ${branded}`}
        otherwise="Passkeys need JavaScript, which this browser has disabled."
      />
    </PageCard>
  );
}
