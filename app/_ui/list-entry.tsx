"use client";

// One entry of a list field: an input, its error, and a button to remove it.
import { X } from "lucide-react";
import { type ClipboardEvent, useEffect, useRef } from "react";
import { errorSentence } from "./error-sentence";
import { controlClass } from "./field";

type ListEntryProps = {
  id: string;
  name: string;
  label: string;
  /** The subject of error messages. */
  subject: string;
  defaultValue: string;
  problem?: string;
  invalid: boolean;
  placeholder?: string;
  /** A new object focuses the input. */
  focused?: object;
  onPaste: (event: ClipboardEvent<HTMLInputElement>) => void;
  /** Absent when the entry can't be removed. */
  onRemove?: () => void;
};

export function ListEntry({ id, label, subject, problem, invalid, focused, onRemove, ...input }: ListEntryProps) {
  const control = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) control.current?.focus();
  }, [focused]);
  return (
    <>
      <div className="relative">
        <input
          {...input}
          ref={control}
          aria-label={label}
          aria-invalid={problem || invalid ? true : undefined}
          aria-describedby={problem ? `${id}-error` : undefined}
          maxLength={2000}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="ltr"
          className={`${controlClass} h-10 pr-11 pl-3 font-mono text-sm! sm:text-[0.8125rem]!`}
        />
        {onRemove && (
          <button
            type="button"
            aria-label={`Remove ${label}`}
            onClick={onRemove}
            className="absolute inset-y-0 right-0 grid w-11 cursor-pointer place-items-center rounded-md text-ink-muted hover:text-ink disabled:hidden noscript:hidden"
          >
            <X aria-hidden="true" className="size-4" strokeWidth={1.75} />
          </button>
        )}
      </div>
      {problem && (
        <p id={`${id}-error`} className="mt-1.5 text-sm break-words text-danger">
          {errorSentence(subject, problem)}
        </p>
      )}
    </>
  );
}
