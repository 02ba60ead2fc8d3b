"use client";

// Dropdown menu. Not modal: Radix locks scrolling with a style element, which our CSP forbids.
import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { DropdownMenu } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";

type MenuProps = {
  /** The accessible name of the button: "Actions for bob@example.com". */
  label: string;
  /** Replaces the three dots. */
  trigger?: ReactNode;
  children: ReactNode;
};

export function Menu({ label, trigger, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={label}
        className="inline-grid h-8 min-w-8 cursor-pointer pointer-coarse:h-10 pointer-coarse:min-w-10 place-items-center rounded-sm text-ink-muted hover:bg-surface-sunken hover:text-ink data-[state=open]:bg-surface-sunken"
      >
        {trigger ?? <Ellipsis aria-hidden="true" className="size-4" strokeWidth={1.75} />}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={12}
          className="z-40 min-w-44 animate-[appear_100ms_ease-out] rounded-md border border-line bg-surface-raised p-1 shadow-md"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const itemLook =
  "flex w-full cursor-pointer items-center gap-2.5 rounded-sm px-3 py-2 text-left text-sm outline-none select-none data-[disabled]:cursor-not-allowed data-[disabled]:opacity-55 data-[highlighted]:bg-surface-sunken";

export function MenuItem({ danger, ...item }: { danger?: boolean } & ComponentProps<typeof DropdownMenu.Item>) {
  return <DropdownMenu.Item {...item} className={`${itemLook} ${danger ? "text-danger" : ""}`} />;
}

export function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <DropdownMenu.Item asChild className={itemLook}>
      <Link href={href}>{children}</Link>
    </DropdownMenu.Item>
  );
}
