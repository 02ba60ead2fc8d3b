"use client";

// The button that sends its form, and shows that it is on its way.
import type { ComponentProps } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button";
import { Spinner } from "./spinner";

type SubmitButtonProps = Omit<ComponentProps<typeof Button>, "type">;

export function SubmitButton({ children, onClick, ...button }: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return (
    // Not `disabled` while it waits: that would take the focus away.
    <Button
      {...button}
      type="submit"
      aria-disabled={pending || undefined}
      onClick={(event) => (pending ? event.preventDefault() : onClick?.(event))}
    >
      {pending && <Spinner />}
      {children}
      {pending && (
        <span role="status" className="sr-only">
          One moment
        </span>
      )}
    </Button>
  );
}
