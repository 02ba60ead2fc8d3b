// Link within a sentence.
import Link from "next/link";
import type { ComponentProps } from "react";

/** Also for plain links to route handlers. */
export const textLinkClass =
  "rounded-sm text-ink underline decoration-line-strong underline-offset-3 hover:text-accent hover:decoration-current";

export function TextLink({ className = "", ...props }: ComponentProps<typeof Link>) {
  return <Link prefetch={false} {...props} className={`${textLinkClass} ${className}`} />;
}
