"use client";

// Moves the focus to the page's content when the focused control disappears.
import { useEffect, useRef } from "react";

/** → call it after an action that may remove the component from the page. */
export function useFocusFallback(): () => void {
  const enabled = useRef(false);
  useEffect(
    () => () => {
      if (!enabled.current) return;
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) document.getElementById("content")?.focus();
      });
    },
    [],
  );
  return () => {
    enabled.current = true;
  };
}
