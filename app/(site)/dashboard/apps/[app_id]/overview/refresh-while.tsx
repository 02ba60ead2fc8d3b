"use client";

// Refreshes the page regularly while it waits for something and is visible.
import { useRouter } from "next/navigation";
import { useEffect } from "react";

const EVERY_MS = 3000;

export function RefreshWhile({ waiting }: { waiting: boolean }) {
  const router = useRouter();
  useEffect(() => {
    if (!waiting) return;
    const refresh = () => {
      if (document.visibilityState === "visible") router.refresh();
    };
    const timer = setInterval(refresh, EVERY_MS);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [router, waiting]);
  return null;
}
