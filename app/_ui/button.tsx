// Buttons, and links styled as buttons.
import { Download } from "lucide-react";
import Link from "next/link";
import type { ComponentProps } from "react";

const variants = {
  primary: "bg-accent text-accent-contrast shadow-sm hover:bg-accent-hover",
  secondary: "border border-line-strong bg-surface-raised text-ink hover:border-ink-muted hover:bg-surface-sunken",
  quiet: "text-ink-muted hover:bg-surface-sunken hover:text-ink",
  danger: "bg-danger text-danger-contrast shadow-sm hover:bg-danger-hover",
};

// Touch targets are larger than pointer targets (WCAG 2.2, 2.5.5).
const sizes = {
  sm: "h-8 px-3 text-sm pointer-coarse:h-10",
  md: "h-10 px-4 text-sm",
  lg: "h-12 px-6 text-base",
};

type Look = { variant?: keyof typeof variants; size?: keyof typeof sizes };

export function Button({
  variant = "primary",
  size = "md",
  type = "button",
  className,
  ...props
}: Look & ComponentProps<"button">) {
  return <button type={type} className={buttonClass(variant, size, className)} {...props} />;
}

export function ButtonLink({
  variant = "primary",
  size = "md",
  className,
  ...props
}: Look & ComponentProps<typeof Link>) {
  return <Link className={buttonClass(variant, size, className)} {...props} />;
}

/** A link to a file that a route handler sends: the browser fetches it, not Next's router. */
export function DownloadLink({
  variant = "secondary",
  size = "md",
  className,
  children,
  ...props
}: Look & ComponentProps<"a">) {
  return (
    <a download className={buttonClass(variant, size, className)} {...props}>
      <Download aria-hidden="true" className="size-4" strokeWidth={1.75} />
      {children}
    </a>
  );
}

/** The class names of a button, for a plain link to a route handler. */
export function buttonClass(variant: keyof typeof variants, size: keyof typeof sizes, className = ""): string {
  return `inline-flex shrink-0 cursor-pointer items-center justify-center gap-2 rounded-md font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 ${sizes[size]} ${variants[variant]} ${className}`;
}
