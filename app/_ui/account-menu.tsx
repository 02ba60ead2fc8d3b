"use client";

// A disclosure that also closes by Escape, by a click elsewhere and by going elsewhere. Opens without JavaScript.
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";

type AccountMenuProps = {
  /** Who is signed in. */
  label: string;
  children: ReactNode;
};

export function AccountMenu({ label, children }: AccountMenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  const path = usePathname();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path is what closes it
  useEffect(() => close(menu.current), [path]);

  useEffect(() => {
    function onPointerDown(event: PointerEvent) {
      if (!menu.current?.contains(event.target as Node)) close(menu.current);
    }
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== "Escape" || !menu.current?.open) return;
      close(menu.current);
      menu.current.querySelector("summary")?.focus();
    }
    document.addEventListener("pointerdown", onPointerDown);
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("pointerdown", onPointerDown);
      document.removeEventListener("keydown", onKeyDown);
    };
  }, []);

  return (
    <details
      ref={menu}
      className="relative"
      onBlur={({ relatedTarget }) =>
        relatedTarget && !menu.current?.contains(relatedTarget) ? close(menu.current) : undefined
      }
    >
      <summary className="grid size-9 cursor-pointer list-none place-items-center rounded-full border border-line-strong bg-surface-raised text-sm font-medium hover:border-ink-muted [&::-webkit-details-marker]:hidden">
        <span aria-hidden="true">{initial(label)}</span>
        <span className="sr-only">Account menu</span>
      </summary>
      <div className="absolute right-0 z-30 mt-2.5 w-72 max-w-[calc(100vw-3rem)] animate-[appear_100ms_ease-out] rounded-lg border border-line bg-surface-raised p-2 shadow-md">
        {children}
      </div>
    </details>
  );
}

function close(menu: HTMLDetailsElement | null) {
  if (menu) menu.open = false;
}

function initial(label: string): string {
  return (label.match(/[\p{L}\p{N}]/u)?.[0] ?? "?").toUpperCase();
}
