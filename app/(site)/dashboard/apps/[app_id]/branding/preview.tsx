"use client";

import { brandStyle } from "@/app/o/[app]/(screens)/brand";
// Preview of the hosted sign-in page, built from its components and inert.
import { BrandButton } from "@/app/o/[app]/(screens)/form";
import { AppBrand } from "@/app/o/[app]/(screens)/page-card";
import type { App } from "@/lib/apps/apps";

type PreviewProps = { name: string; color: string | null; logoUrl: string | null };

export function Preview({ name, color, logoUrl }: PreviewProps) {
  const app = { name, settings: { branding: { logo_url: logoUrl, color } } } as App;
  return (
    <figure>
      <div
        inert
        aria-hidden="true"
        style={brandStyle(color)}
        className="overflow-hidden rounded-lg border border-line bg-surface px-5 pt-8 pb-9 sm:px-16"
      >
        <AppBrand app={app} />
        <div className="rounded-lg border border-line bg-surface-raised px-6 pt-6 pb-7 shadow-md">
          <p className="text-xl font-medium">Sign in</p>
          <PreviewField label="Email address" />
          <PreviewField label="Password" />
          <BrandButton className="mt-6 w-full" tabIndex={-1}>
            Sign in
          </BrandButton>
          <p className="mt-4 text-center text-sm text-accent underline underline-offset-3">Forgot your password?</p>
        </div>
      </div>
      <figcaption className="mt-2 text-sm text-ink-muted">
        Preview of the sign-in page. To preview the other theme, switch the theme of the dashboard.
      </figcaption>
    </figure>
  );
}

function PreviewField({ label }: { label: string }) {
  return (
    <div className="mt-5">
      <p className="mb-1.5 text-sm font-medium">{label}</p>
      <div className="h-10 rounded-md border border-line-strong bg-surface-raised" />
    </div>
  );
}
