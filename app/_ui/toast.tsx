"use client";

// Toasts: short messages about completed actions, which disappear after five seconds.
import { CircleCheck, X } from "lucide-react";
import { Toast } from "radix-ui";
import { type ReactNode, useCallback, useState } from "react";
import { ToastContext } from "./toast-context";

type Message = { id: number; text: string };

export function ToastProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Message[]>([]);
  const toast = useCallback((text: string) => setMessages((all) => [...all, { id: nextId(all), text }]), []);
  const remove = (id: number) => setMessages((all) => all.filter((message) => message.id !== id));

  return (
    <ToastContext value={toast}>
      <Toast.Provider label="Notification" duration={5000}>
        {children}
        {messages.map(({ id, text }) => (
          <Toast.Root
            key={id}
            onOpenChange={(open) => !open && remove(id)}
            className="flex animate-[rise_180ms_ease-out] items-center gap-3 rounded-md border border-line bg-surface-raised py-2 pr-2 pl-4 text-sm shadow-md"
          >
            <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-success" strokeWidth={1.75} />
            <Toast.Description className="min-w-0 flex-1 break-words">{text}</Toast.Description>
            <Toast.Close
              aria-label="Dismiss"
              className="grid size-8 shrink-0 cursor-pointer pointer-coarse:size-10 place-items-center rounded-sm text-ink-muted hover:bg-surface-sunken hover:text-ink"
            >
              <X aria-hidden="true" className="size-4" strokeWidth={1.75} />
            </Toast.Close>
          </Toast.Root>
        ))}
        <Toast.Viewport className="fixed right-0 bottom-0 z-50 flex w-full max-w-md list-none flex-col gap-2 p-4 empty:hidden sm:p-6" />
      </Toast.Provider>
    </ToastContext>
  );
}

function nextId(messages: Message[]): number {
  return (messages.at(-1)?.id ?? 0) + 1;
}
