// Placeholder while content loads.
export function Skeleton({ className = "h-4 w-full" }: { className?: string }) {
  return (
    <div role="status">
      <span className="sr-only">Loading</span>
      <div aria-hidden="true" className={`animate-pulse rounded-sm bg-line/70 ${className}`} />
    </div>
  );
}
