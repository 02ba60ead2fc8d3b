// The second factors that a user can choose from, as links.
import { ChevronRight, Fingerprint, LifeBuoy, Mail, Smartphone } from "lucide-react";
import Link from "next/link";
import type { FactorType } from "@/lib/apps/settings";

export type Way = FactorType | "recovery_code";

const LOOKS: Record<Way, { Icon: typeof Mail; use: string; add: string; hint: string }> = {
  totp: {
    Icon: Smartphone,
    use: "Code from your authenticator app",
    add: "Authenticator app",
    hint: "An app on your phone shows a new code every 30 seconds.",
  },
  passkey: {
    Icon: Fingerprint,
    use: "Passkey",
    add: "Passkey",
    hint: "Your fingerprint, your face, or the lock of your device.",
  },
  email: { Icon: Mail, use: "Code by email", add: "Codes by email", hint: "We email you a code when you sign in." },
  recovery_code: { Icon: LifeBuoy, use: "Recovery code", add: "", hint: "" },
};

type WaysProps = { ways: Way[]; hrefOf: (way: Way) => string; adding?: boolean };

export function Ways({ ways, hrefOf, adding = false }: WaysProps) {
  return (
    <ul className="grid gap-2">
      {ways.map((way) => {
        const { Icon, use, add, hint } = LOOKS[way];
        return (
          // Without script, a passkey can neither be used nor added.
          <li key={way} className={way === "passkey" ? "noscript:hidden" : undefined}>
            <Link
              href={hrefOf(way)}
              prefetch={false}
              className="flex items-center gap-3.5 rounded-md border border-line-strong px-4 py-3 text-sm transition-colors hover:border-ink-muted hover:bg-surface-sunken"
            >
              <Icon aria-hidden="true" className="size-5 shrink-0 text-ink-muted" strokeWidth={1.5} />
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{adding ? add : use}</span>
                {adding && <span className="mt-0.5 block text-ink-muted">{hint}</span>}
              </span>
              <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-ink-muted" strokeWidth={1.75} />
            </Link>
          </li>
        );
      })}
      {ways.every((way) => way === "passkey") && (
        <li className="hidden text-sm text-ink-muted noscript:block">
          Passkeys need JavaScript, which this browser has disabled.
        </li>
      )}
    </ul>
  );
}
