// Plain HTML form of a hosted page. It works without JavaScript.
import type { ComponentProps, ReactNode } from "react";
import { Button, buttonClass } from "@/app/_ui/button";
import type { App } from "@/lib/apps/apps";

type PostFormProps = {
  app: App;
  /** The page whose /submit handler receives the form: `signin`, `account/profile`. */
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

export const branded =
  "border border-(--brand-edge) [--color-accent:var(--brand)] [--color-accent-hover:var(--brand-hover)] [--color-accent-contrast:var(--brand-text)]";

/** The primary button, in the App's brand color. */
export function BrandButton({ className = "", ...button }: ComponentProps<typeof Button>) {
  return <Button type="submit" size="lg" {...button} className={`${branded} ${className}`} />;
}

/** A link that looks like BrandButton. Its target is a route handler, so it is a plain <a>. */
export function BrandAnchor({ className = "", ...anchor }: ComponentProps<"a">) {
  return <a {...anchor} className={buttonClass("primary", "lg", `${branded} ${className}`)} />;
}
