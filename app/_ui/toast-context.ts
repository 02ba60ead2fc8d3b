"use client";

// How a component says what was done. Apart from the toasts themselves, so that pages without them do not load them.
import { createContext, useContext } from "react";

export const ToastContext = createContext<(text: string) => void>(() => {});

/** `toast("The key was revoked")`. Without a provider above nothing happens. */
export function useToast(): (text: string) => void {
  return useContext(ToastContext);
}
