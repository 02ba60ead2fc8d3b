// Account menu: a button with the user's initial that opens a panel.
import type { ReactNode } from "react";
import { Disclosure } from "./disclosure";

type AccountMenuProps = {
  /** The name of the signed-in user. */
  label: string;
  children: ReactNode;
};

export function AccountMenu({ label, children }: AccountMenuProps) {
  return (
    <Disclosure
      summary={
        <>
          <span aria-hidden="true">{initial(label)}</span>
          <span className="sr-only">Account menu</span>
        </>
      }
      summaryClass="grid size-9 place-items-center pointer-coarse:size-10 rounded-full border border-line-strong bg-surface-raised text-sm font-medium hover:border-ink-muted"
      panelClass="right-0 mt-2.5 w-72 max-w-[calc(100vw-3rem)] p-2"
    >
      {children}
    </Disclosure>
  );
}

function initial(label: string): string {
  return (label.match(/[\p{L}\p{N}]/u)?.[0] ?? "?").toUpperCase();
}
