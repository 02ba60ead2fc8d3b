// Links to the first and the next page of a list.
import { ArrowRight, ChevronsLeft } from "lucide-react";
import { ButtonLink } from "./button";

type PagerProps = {
  /** What the list contains, for screen readers: "Users". */
  label: string;
  /** How many there are in all, such as "322 users". */
  total?: string;
  /** The URL of the first page; absent on the first page. */
  first?: string;
  /** The URL of the next page; absent on the last page. */
  next?: string;
};

export function Pager({ label, total, first, next }: PagerProps) {
  if (!first && !next && !total) return null;
  return (
    <nav aria-label={`${label}, pages`} className="mt-4 flex items-center justify-between gap-4">
      {first ? (
        <ButtonLink variant="secondary" size="sm" prefetch={false} href={first}>
          <ChevronsLeft aria-hidden="true" className="size-4" />
          First page
        </ButtonLink>
      ) : (
        <span className="text-sm text-ink-muted">{total}</span>
      )}
      {first && total && <span className="text-sm text-ink-muted max-sm:hidden">{total}</span>}
      {next && (
        <ButtonLink variant="secondary" size="sm" prefetch={false} href={next}>
          Next page
          <ArrowRight aria-hidden="true" className="size-4" />
        </ButtonLink>
      )}
    </nav>
  );
}
