// Layout of a hosted page with a single form: the App's logo and name above one card.
import type { ReactNode } from "react";
import { Avatar } from "@/app/_ui/avatar";
import type { App } from "@/lib/apps/apps";
import { IsolatedText } from "./isolated-text";

type PageCardProps = {
  /** Missing if the App is unknown. */
  app?: App;
  title: ReactNode;
  description?: ReactNode;
  /** Links below the card. */
  footer?: ReactNode;
  children?: ReactNode;
};

export function PageCard({ app, title, description, footer, children }: PageCardProps) {
  // Links get a larger touch target.
  return (
    <main className="mx-auto flex w-full max-w-[29rem] flex-1 flex-col px-4 pt-8 sm:justify-center sm:px-6 sm:pt-12 pointer-coarse:[&_a]:py-3">
      {app && <AppBrand app={app} />}
      <div className="rounded-lg border border-line bg-surface-raised px-6 pt-7 pb-8 shadow-md sm:px-9 sm:pt-8 sm:pb-9">
        <h1 className="text-xl font-medium">{title}</h1>
        {description && <div className="mt-1.5 text-sm text-ink-muted">{description}</div>}
        {children && <div className="mt-6">{children}</div>}
      </div>
      {footer && <div className="mt-6 text-center text-sm text-ink-muted">{footer}</div>}
    </main>
  );
}

/** The App's logo with its name beside it. */
export function AppBrand({ app }: { app: App }) {
  return (
    <div className="flex items-end gap-3.5 px-6 sm:px-9">
      <Avatar name={app.name} logoUrl={app.settings.branding.logo_url} shape="arch" branded />
      <p className="min-w-0 pb-2.5 text-base leading-snug font-semibold">
        <IsolatedText className="line-clamp-3">{app.name}</IsolatedText>
      </p>
    </div>
  );
}
