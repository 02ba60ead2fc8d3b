// The way through a long list, by links.
import { ArrowRight, ChevronsLeft } from "lucide-react";
import { ButtonLink } from "./button";

type PagerProps = {
  /** What is paged, for those who do not see it: "Users". */
  label: string;
  /** Where the list begins; absent on the first page. */
  first?: string;
  /** The page after this one; absent on the last. */
  next?: string;
};

export function Pager({ label, first, next }: PagerProps) {
  if (!first && !next) return null;
  return (
    <nav aria-label={`${label}, pages`} className="mt-4 flex items-center justify-between gap-4">
      {first ? (
        <ButtonLink variant="secondary" size="sm" prefetch={false} href={first}>
          <ChevronsLeft aria-hidden="true" className="size-4" />
          First page
        </ButtonLink>
      ) : (
        <span />
      )}
      {next && (
        <ButtonLink variant="secondary" size="sm" prefetch={false} href={next}>
          Next page
          <ArrowRight aria-hidden="true" className="size-4" />
        </ButtonLink>
      )}
    </nav>
  );
}
