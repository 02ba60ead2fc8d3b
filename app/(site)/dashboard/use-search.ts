"use client";

// Results for a text that the developer types. Keeps the last ones until the next arrive.
import { useEffect, useState } from "react";
import type { HitGroup } from "./search/hit";

const PAUSE_MS = 120;

interface Results {
  groups: HitGroup[];
  status: "searching" | "done" | "failed";
}

export function useSearch(text: string, appId: string | undefined): Results {
  const [results, setResults] = useState<Results>({ groups: [], status: "searching" });
  useEffect(() => {
    const stop = new AbortController();
    const query = new URLSearchParams({ ...(text.trim() && { q: text.trim() }), ...(appId && { app: appId }) });
    const load = async () => {
      const response = await fetch(`/dashboard/search?${query}`, { signal: stop.signal });
      if (!response.ok) throw new Error(String(response.status));
      const { groups } = await response.json();
      setResults({ groups, status: "done" });
    };
    const timer = setTimeout(
      () =>
        load().catch(() => {
          if (!stop.signal.aborted) setResults({ groups: [], status: "failed" });
        }),
      text ? PAUSE_MS : 0,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, appId]);
  return results;
}
