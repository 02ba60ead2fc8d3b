"use client";

// Submit button that shows a spinner while the form is being submitted.
import type { ComponentProps } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button";
import { Spinner } from "./spinner";

type SubmitButtonProps = Omit<ComponentProps<typeof Button>, "type">;

export function SubmitButton({ children, onClick, ...button }: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return (
    // Not `disabled` while pending: a disabled button loses the focus.
    <Button
      {...button}
      type="submit"
      aria-disabled={pending || button["aria-disabled"] || undefined}
      onClick={(event) => (pending ? event.preventDefault() : onClick?.(event))}
    >
      {pending && <Spinner />}
      {children}
      {pending && (
        <span role="status" className="sr-only">
          Submitting
        </span>
      )}
    </Button>
  );
}
