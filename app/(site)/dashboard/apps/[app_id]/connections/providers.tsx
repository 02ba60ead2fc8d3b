// The providers that a connection can be added for.
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { ProviderLogo } from "@/app/_ui/provider-logo";
import { PROVIDER_NAMES, PROVIDERS } from "@/lib/social/list";
import { appPath } from "../app-paths";

export function Providers({ appId }: { appId: string }) {
  return (
    <ul className="grid gap-3 text-left sm:grid-cols-2">
      {PROVIDER_NAMES.map((provider) => (
        <li key={provider} className="min-w-0">
          <Link
            href={appPath(appId, `/connections/new/${provider}`)}
            prefetch={false}
            className="group flex h-full items-start gap-3 rounded-lg border border-line bg-surface-raised p-4 shadow-sm transition-colors hover:border-line-strong"
          >
            <ProviderLogo provider={provider} className="mt-0.5 size-5" />
            <span className="min-w-0 flex-1 text-sm">
              <span className="font-medium text-ink">Add {PROVIDERS[provider].label}</span>
              <span className="mt-0.5 block text-ink-muted">{PROVIDERS[provider].description}</span>
            </span>
            <ChevronRight
              aria-hidden="true"
              className="mt-0.5 size-4 shrink-0 text-ink-muted transition-transform group-hover:translate-x-0.5"
              strokeWidth={1.75}
            />
          </Link>
        </li>
      ))}
    </ul>
  );
}
