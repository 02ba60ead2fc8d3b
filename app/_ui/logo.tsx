// Foyer's logo.
type MarkProps = { className?: string };

export function LogoMark({ className = "size-7" }: MarkProps) {
  return (
    <svg viewBox="0 0 28 28" fill="none" aria-hidden="true" className={className}>
      <path d="M3.25 26V13a10.75 10.75 0 0 1 21.5 0v13" stroke="currentColor" strokeWidth="2.5" />
      <path d="M14 26V6.5A6.5 6.5 0 0 0 7.5 13v13Z" fill="currentColor" />
    </svg>
  );
}

export function Logo() {
  return (
    <span className="flex items-center gap-2.5">
      <LogoMark className="size-7 text-accent" />
      <span className="text-xl font-semibold">Foyer</span>
    </span>
  );
}
