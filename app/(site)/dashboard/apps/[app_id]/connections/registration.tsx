// The first step: what the owner of the App does at the provider.
import { ArrowUpRight } from "lucide-react";
import { PROVIDERS } from "@/lib/social/list";
import type { ProviderName } from "@/lib/social/provider";

export function Registration({ provider }: { provider: ProviderName }) {
  const { label, console: place } = PROVIDERS[provider];
  if (!place)
    return (
      <p className="text-sm text-ink-muted">
        Register Foyer as a confidential client of the authorization code flow at the issuer, with this callback URL.
      </p>
    );
  return (
    <p className="text-sm text-ink-muted">
      Open{" "}
      <a
        href={place.url}
        target="_blank"
        rel="noreferrer"
        className="inline-flex items-center gap-0.5 rounded-sm text-ink underline decoration-line-strong underline-offset-3 hover:text-accent"
      >
        {label}’s console
        <ArrowUpRight aria-hidden="true" className="size-3.5" strokeWidth={1.75} />
        <span className="sr-only">(in a new window)</span>
      </a>{" "}
      {place.hint}
    </p>
  );
}
