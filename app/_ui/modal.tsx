"use client";

// Modal dialog. The native element needs no style element, which our CSP forbids.
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";

type ModalProps = {
  title: string;
  description: ReactNode;
  onClose: () => void;
  children: ReactNode;
};

/** Open while rendered. Focuses the first control, and restores the previous focus on close. */
export function Modal({ title, description, onClose, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();

  useLayoutEffect(() => {
    const opened = dialog.current;
    const unlock = lockScrolling();
    opened?.showModal();
    return () => {
      opened?.close();
      unlock();
    };
  }, []);

  // In the body, since forms can't be nested.
  return createPortal(
    <dialog
      ref={dialog}
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-description`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="m-auto max-h-[calc(100svh-2rem)] w-[calc(100%-2rem)] max-w-md animate-[appear_140ms_ease-out] overflow-y-auto rounded-lg border border-line bg-surface-raised p-6 text-ink shadow-md backdrop:animate-[appear_140ms_ease-out] backdrop:bg-scrim"
    >
      <h2 id={`${id}-title`} dir="auto" className="text-lg font-semibold break-words">
        {title}
      </h2>
      <div id={`${id}-description`} className="mt-2 grid gap-3 text-sm break-words text-ink-muted">
        {description}
      </div>
      <div className="mt-6">{children}</div>
    </dialog>,
    document.body,
  );
}

/** Stops the page from scrolling, and from moving when its scroll bar disappears. */
function lockScrolling(): () => void {
  const { style, clientWidth } = document.documentElement;
  const before = { overflow: style.overflow, paddingRight: style.paddingRight };
  style.paddingRight = `${window.innerWidth - clientWidth}px`;
  style.overflow = "hidden";
  return () => Object.assign(style, before);
}
