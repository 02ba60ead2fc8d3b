"use client";

// Sign-in with a passkey: by the browser's autofill of a field with autocomplete="… webauthn", and by a
// button (WebAuthn §5.1.4). Without script, nothing of it is shown.
import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  WebAuthnAbortService,
} from "@simplewebauthn/browser";
import { Fingerprint } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { Button } from "./button";

type PasskeySignInProps = {
  appId: string;
  /** Receives the browser's answer as `passkey`, in JSON: a URL, or a Server Action. */
  action: string | ((form: FormData) => void | Promise<void>);
  hidden?: Record<string, string>;
  /** A form stands above the button, so a divider separates them. */
  below?: boolean;
  /** Why the answer was rejected. */
  rejection?: string;
};

/** Options expire after 5 minutes, and autofill may wait for longer. */
const RENEWAL_MS = 240_000;

const FAILED = "The browser got no passkey. Try again, or sign in another way.";

async function requestOptions(appId: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const response = await fetch(`/api/auth/passkey/${appId}/options`, { method: "POST" });
  if (!response.ok) throw new Error(`The options could not be loaded: ${response.status}`);
  return response.json();
}

export function PasskeySignIn({ appId, action, hidden = {}, below = false, rejection }: PasskeySignInProps) {
  const form = useRef<HTMLFormElement>(null);
  const asking = useRef(false);
  const [isSupported, setSupported] = useState(true);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const ask = useCallback(
    async (useBrowserAutofill: boolean) => {
      const answer = await startAuthentication({ optionsJSON: await requestOptions(appId), useBrowserAutofill });
      const field = form.current?.elements.namedItem("passkey") as HTMLInputElement | null;
      if (!field) return;
      field.value = JSON.stringify(answer);
      form.current?.requestSubmit();
    },
    [appId],
  );

  /** Another request of the page replaces it, and then it fails silently. */
  const offerAutofill = useCallback(async () => {
    if (asking.current) return;
    const hasField = document.querySelector("input[autocomplete$='webauthn']");
    if (hasField && (await browserSupportsWebAuthnAutofill())) await ask(true).catch(() => {});
  }, [ask]);

  useEffect(() => {
    if (!browserSupportsWebAuthn()) return setSupported(false);
    offerAutofill();
    const renewal = setInterval(offerAutofill, RENEWAL_MS);
    return () => {
      clearInterval(renewal);
      WebAuthnAbortService.cancelCeremony();
    };
  }, [offerAutofill]);

  async function run() {
    setProblem(null);
    setBusy(true);
    asking.current = true;
    try {
      await ask(false);
    } catch {
      setProblem(FAILED);
    }
    asking.current = false;
    setBusy(false);
    offerAutofill();
  }

  if (!isSupported) return null;
  return (
    <form
      ref={form}
      className="noscript:hidden"
      {...(typeof action === "string" ? { method: "post" } : {})}
      action={action}
    >
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="passkey" />
      {below && (
        <div className="my-6 flex items-center gap-4 text-xs text-ink-muted">
          <span className="h-px flex-1 bg-line" />
          or
          <span className="h-px flex-1 bg-line" />
        </div>
      )}
      <Button variant="secondary" size="lg" className="w-full" disabled={busy} onClick={run}>
        <Fingerprint aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
        Sign in with a passkey
      </Button>
      <p role="alert" className="mt-3 text-sm text-danger empty:hidden">
        {problem ?? rejection}
      </p>
    </form>
  );
}
