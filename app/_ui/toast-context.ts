"use client";

// Context to show a toast. Separate from the toasts, so that pages without them don't load them.
import { createContext, useContext } from "react";

export const ToastContext = createContext<(text: string) => void>(() => {});

/** `toast("Key revoked")`. Does nothing without a ToastProvider. */
export function useToast(): (text: string) => void {
  return useContext(ToastContext);
}
