"use client";

// Button that adds a passkey of this device. With the first factor, the recovery codes replace `before`.
import { browserSupportsWebAuthn, startRegistration } from "@simplewebauthn/browser";
import { type ReactNode, useState } from "react";
import { UNTOUCHED } from "@/app/_server/form-state";
import { Button } from "@/app/_ui/button";
import { addPasskeyAction, passkeyOptionsAction } from "./actions";
import { SavedCodes } from "./saved-codes";

const UNSUPPORTED = "This browser doesn’t support passkeys.";
const FAILED = "The browser created no passkey. Try again.";

/** → the recovery codes that come with the first factor; null without; the problem as a text. */
async function addPasskey() {
  if (!browserSupportsWebAuthn()) return UNSUPPORTED;
  const { data: optionsJSON, message } = await passkeyOptionsAction(UNTOUCHED, new FormData());
  if (!optionsJSON) return message ?? FAILED;
  const answer = await startRegistration({ optionsJSON }).catch(() => null);
  if (!answer) return FAILED;
  const form = new FormData();
  form.set("passkey", JSON.stringify(answer));
  const added = await addPasskeyAction(UNTOUCHED, form);
  return added.ok ? (added.data ?? null) : (added.message ?? FAILED);
}

export function AddPasskey({ before }: { before?: ReactNode }) {
  const [result, setResult] = useState<Awaited<ReturnType<typeof addPasskey>>>(null);
  const [busy, setBusy] = useState(false);
  if (result !== null && typeof result === "object") return <SavedCodes {...result} />;

  async function run() {
    setBusy(true);
    setResult(await addPasskey().catch(() => FAILED));
    setBusy(false);
  }

  return (
    <>
      {before}
      <div className="mt-5 grid justify-items-start gap-3 noscript:hidden">
        <Button variant="secondary" disabled={busy} onClick={run}>
          Add passkey
        </Button>
        <p role="alert" className="text-sm text-danger empty:hidden">
          {result}
        </p>
      </div>
    </>
  );
}
