"use client";

// Whoever used a control that then left the page must not be left nowhere: the focus goes to the page's content.
import { useEffect, useRef } from "react";

/** → to be called when the component did something that may remove it. */
export function useFocusFallback(): () => void {
  const armed = useRef(false);
  useEffect(
    () => () => {
      if (!armed.current) return;
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) document.getElementById("content")?.focus();
      });
    },
    [],
  );
  return () => {
    armed.current = true;
  };
}
