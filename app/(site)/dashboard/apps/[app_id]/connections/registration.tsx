// Instructions to register Foyer at a provider.
import { ArrowUpRight } from "lucide-react";
import type { ReactNode } from "react";
import { PROVIDERS, type ProviderName } from "@/lib/social/list";

export function Registration({ provider }: { provider: ProviderName }) {
  const { label, console: site, docs } = PROVIDERS[provider];
  if (!site)
    return (
      <p className="text-sm text-ink-muted">
        Register Foyer as a confidential client of the authorization code flow at the issuer, with this callback URL.
      </p>
    );
  return (
    <p className="text-sm text-ink-muted">
      Open <OutsideLink href={site.url}>{label}’s console</OutsideLink> {site.instruction}
      {docs && (
        <>
          {" "}
          See <OutsideLink href={docs}>{label}’s documentation</OutsideLink>.
        </>
      )}
    </p>
  );
}

function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="inline-flex items-center gap-0.5 rounded-sm text-ink underline decoration-line-strong underline-offset-3 hover:text-accent"
    >
      {children}
      <ArrowUpRight aria-hidden="true" className="size-3.5" strokeWidth={1.75} />
      <span className="sr-only">(in a new tab)</span>
    </a>
  );
}
