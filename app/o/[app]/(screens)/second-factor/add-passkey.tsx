// Adds a passkey during a sign-in.
import { PasskeyForm } from "@/app/_ui/passkey-form";
import { creationOptions, registrationBy } from "@/lib/factors/passkey/registration";
import { Alert } from "../alert";
import { branded } from "../form";
import { PageCard } from "../page-card";
import type { AddProps } from "./add-authenticator";
import { StartAgain } from "./start-again";

export async function AddPasskey({ app, pending, problem, back }: AddProps) {
  const options = await creationOptions(app, pending.user, registrationBy(pending.user.id, pending.id));
  return (
    <PageCard
      app={app}
      title="Add a passkey"
      description={
        <p>Sign in with your fingerprint, your face, or the lock of your device. A passkey works only for this app.</p>
      }
      footer={back ? <p>{back}</p> : <StartAgain app={app} pending={pending} />}
    >
      <div className="grid gap-5">
        {problem && (
          <Alert tone="danger" role="alert">
            {problem}
          </Alert>
        )}
        <PasskeyForm
          action={`/o/${app.id}/second-factor/passkey/submit`}
          hidden={{ sign_in: pending.id, way: "passkey" }}
          options={{ create: options }}
          label="Create a passkey"
          className={`w-full ${branded}`}
          otherwise="Passkeys need JavaScript, which this browser has disabled. Choose another way."
        />
      </div>
    </PageCard>
  );
}
