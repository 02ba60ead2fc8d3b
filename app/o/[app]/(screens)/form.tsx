// A plain form of a hosted page: it posts to its handler, with or without JavaScript.
import type { ComponentProps, ReactNode } from "react";
import { Button, buttonClass } from "@/app/_ui/button";
import type { App } from "@/lib/apps/apps";

type PostFormProps = {
  app: App;
  /** The page that the handler belongs to: `signin`, `account/profile`. */
  path: string;
  hidden?: Record<string, string>;
  className?: string;
  children: ReactNode;
};

export function PostForm({ app, path, hidden = {}, className, children }: PostFormProps) {
  return (
    <form method="post" action={`/o/${app.id}/${path}/submit`} className={className}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}

const branded =
  "border border-(--brand-edge) [--color-accent:var(--brand)] [--color-accent-hover:var(--brand-hover)] [--color-accent-contrast:var(--brand-text)]";

/** The one that leads on, in the App's own colour. */
export function BrandButton({ className = "", ...button }: ComponentProps<typeof Button>) {
  return <Button type="submit" size="lg" {...button} className={`${branded} ${className}`} />;
}

/** A link to a handler that looks like it; pages of Next are reached by its own links. */
export function BrandAnchor({ className = "", ...anchor }: ComponentProps<"a">) {
  return <a {...anchor} className={buttonClass("primary", "lg", `${branded} ${className}`)} />;
}
