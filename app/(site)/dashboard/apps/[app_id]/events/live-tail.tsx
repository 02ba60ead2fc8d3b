"use client";

// Toggle for live updates: refreshes the list of events while the page is visible. Off by default.
import { Pause, Radio } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/app/_ui/button";

const EVERY_MS = 3000;
/** Live updates stop after this time. */
const STOP_AFTER_MS = 15 * 60_000;

/** `ids`: the events on the page, to count the new ones. */
export function LiveTail({ ids }: { ids: string[] }) {
  const router = useRouter();
  const [known, setKnown] = useState<Set<string> | null>(null);
  const live = known !== null;

  useEffect(() => {
    if (!live) return;
    const refresh = () => document.visibilityState === "visible" && router.refresh();
    const timer = setInterval(refresh, EVERY_MS);
    const end = setTimeout(() => setKnown(null), STOP_AFTER_MS);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [router, live]);

  const fresh = known ? ids.filter((id) => !known.has(id)).length : 0;
  const Icon = live ? Pause : Radio;
  return (
    <>
      <span role="status" className="flex items-center gap-2 text-sm text-ink-muted empty:hidden">
        {live && (
          <>
            <span aria-hidden="true" className="relative flex size-2">
              <span className="absolute inset-0 animate-ping rounded-full bg-accent opacity-60 [animation-duration:2.4s]" />
              <span className="relative size-2 rounded-full bg-accent" />
            </span>
            {fresh > 0 ? `${fresh} new` : "Waiting for events"}
          </>
        )}
      </span>
      <Button
        variant="secondary"
        aria-pressed={live}
        className="noscript:hidden"
        onClick={() => {
          setKnown(live ? null : new Set(ids));
          if (!live) router.refresh();
        }}
      >
        <Icon aria-hidden="true" className="size-4" strokeWidth={1.75} />
        {live ? "Pause" : "Live"}
      </Button>
    </>
  );
}
