// The second factor by passkey: a script asks the browser for it.
import { PasskeyForm } from "@/app/_ui/passkey-form";
import { factorOptions } from "@/lib/factors/passkey/factor";
import { Alert } from "../alert";
import { branded } from "../form";
import { FormExtras } from "./form-extras";
import type { WayProps } from "./way-props";

export async function PasskeyWay({ app, pending, problem }: WayProps) {
  const options = await factorOptions(app, { userId: pending.user.id, pendingId: pending.id });
  return (
    <div className="grid gap-5">
      {problem && (
        <Alert tone="danger" role="alert">
          {problem}
        </Alert>
      )}
      <p className="text-sm text-ink-muted">Confirm with the fingerprint, face or lock of your device.</p>
      <PasskeyForm
        action={`/o/${app.id}/second-factor/submit`}
        hidden={{ sign_in: pending.id, way: "passkey" }}
        options={{ get: options }}
        label="Use your passkey"
        className={`w-full ${branded}`}
        otherwise="Passkeys need JavaScript, which this browser has disabled. Use another way."
      >
        <FormExtras app={app} pending={pending} />
      </PasskeyForm>
    </div>
  );
}
