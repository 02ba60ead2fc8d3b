"use client";

// The QR code of a new authenticator app, and the form for its first code. Then the recovery codes.
import { CodeField } from "@/app/_ui/code-field";
import { CopyLine } from "@/app/_ui/copy-line";
import { Form } from "@/app/_ui/form";
import { useFormState } from "@/app/_ui/form-context";
import { SubmitButton } from "@/app/_ui/submit-button";
import type { TotpEnrollment } from "@/lib/factors/totp/enrollment";
import { confirmTotpAction } from "./actions";
import { SavedCodes } from "./saved-codes";

export function ConfirmAuthenticator({ enrollment }: { enrollment: TotpEnrollment }) {
  return (
    <Form action={confirmTotpAction}>
      {({ ok, data }) => (ok && data ? <SavedCodes {...data} /> : <Scan {...enrollment} />)}
    </Form>
  );
}

function Scan({ secret, otpauthUri, qrSvg }: TotpEnrollment) {
  const { fields } = useFormState();
  return (
    <div className="grid gap-6 sm:grid-cols-[12rem_minmax(0,1fr)]">
      {/* White in dark mode too: scanners need the contrast. */}
      {/* biome-ignore lint/performance/noImgElement: an inline picture needs no optimization */}
      <img
        src={`data:image/svg+xml,${encodeURIComponent(qrSvg)}`}
        alt="QR code for the authenticator app"
        className="size-48 rounded-md border border-line bg-white p-1"
      />
      <div className="grid content-start gap-4">
        <p className="text-sm text-ink-muted">
          Scan the QR code with your authenticator app, or{" "}
          <a href={otpauthUri} className="underline underline-offset-3">
            open the app on this device
          </a>
          . Then enter the code that it shows.
        </p>
        <dl>
          <CopyLine label="Secret" value={secret} />
        </dl>
        <CodeField label="Code from the app" problem={fields?.code} />
        <SubmitButton className="justify-self-start">Confirm</SubmitButton>
      </div>
    </div>
  );
}
