"use client";

// Bar at the top edge while the next page loads: after a link or a form that opens another page.
// A file loading.tsx would answer every page with status 200, also a missing one.
import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";

/** After this time, the navigation has been canceled. */
const MOST_MS = 15_000;

export function ProgressBar() {
  const path = usePathname();
  const query = useSearchParams().toString();
  const [loadingFrom, setLoadingFrom] = useState<string | null>(null);
  const here = `${path}?${query}`;
  const isLoading = loadingFrom === here;

  useEffect(() => {
    const start = (target: string | null) => target && leavesPage(target) && setLoadingFrom(here);
    const onClick = (event: MouseEvent) => start(openedBy(event));
    const onSubmit = (event: SubmitEvent) => start(openedByForm(event.target as HTMLFormElement));
    document.addEventListener("click", onClick);
    document.addEventListener("submit", onSubmit);
    return () => {
      document.removeEventListener("click", onClick);
      document.removeEventListener("submit", onSubmit);
    };
  }, [here]);

  useEffect(() => {
    if (!isLoading) return;
    const timer = setTimeout(() => setLoadingFrom(null), MOST_MS);
    return () => clearTimeout(timer);
  }, [isLoading]);

  if (!isLoading) return null;
  return (
    <div data-progress aria-hidden="true" className="fixed inset-x-0 top-0 z-50 h-0.5 animate-[appear_1ms_120ms_both]">
      <div className="h-full origin-left animate-[advance_8s_cubic-bezier(0.1,0.7,0.2,1)_both] bg-accent" />
    </div>
  );
}

/** The page of the dashboard that a click opens in this tab. */
function openedBy(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = (event.target as Element).closest?.("a");
  return link?.href && !link.target && !link.hasAttribute("download") ? link.href : null;
}

function openedByForm(form: HTMLFormElement): string | null {
  if (form.method !== "get") return null;
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) url.searchParams.append(name, String(value));
  return url.href;
}

function leavesPage(target: string): boolean {
  const url = new URL(target);
  return url.origin === location.origin && url.pathname + url.search !== location.pathname + location.search;
}
