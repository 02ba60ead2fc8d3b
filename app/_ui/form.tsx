"use client";

// A form around a Server Action: shows what came back, keeps what was typed, and works before and without JavaScript.
import { CircleAlert } from "lucide-react";
import { type ReactNode, useActionState, useEffect, useRef } from "react";
import type { FormAction } from "../_server/action";
import { type FormState, UNTOUCHED } from "../_server/form-state";
import { useFocusFallback } from "./focus-fallback";
import { FormContext, useFormState } from "./form-context";
import { guarded } from "./guarded-action";
import { useToast } from "./toast-context";

export type FormProps<Result> = {
  action: FormAction<Result>;
  /** Fields that nobody fills in: `app_id` and the like. */
  hidden?: Record<string, string>;
  /** Said when it worked. */
  success?: string;
  onSuccess?: (data: Result) => void;
  /** The layout of what is inside; fields below each other unless it says otherwise. */
  className?: string;
  "aria-label"?: string;
  /** The children place `FormMessage` themselves. */
  placesMessage?: boolean;
  children: ReactNode | ((state: FormState<Result>, pending: boolean) => ReactNode);
};

export function Form<Result>({
  action,
  hidden,
  success,
  onSuccess,
  className = "grid gap-5",
  placesMessage,
  children,
  ...rest
}: FormProps<Result>) {
  const toast = useToast();
  const rescueFocus = useFocusFallback();
  const form = useRef<HTMLFormElement>(null);
  // On the server the action goes in as it is: only so can the form be sent without JavaScript.
  const inBrowser = typeof window !== "undefined";
  const send = inBrowser ? guarded(action, succeed) : action;
  const [state, submit, pending] = useActionState<FormState<Result>, FormData>(send, UNTOUCHED);

  // Here and not in an effect: what worked may have removed this form from the page.
  function succeed(data: Result) {
    rescueFocus();
    if (success) toast(success);
    onSuccess?.(data);
  }

  useEffect(() => {
    if (state.ok === false) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [state]);

  return (
    <FormContext value={besideFields(state, hidden)}>
      <form ref={form} action={submit} noValidate className={className} {...rest}>
        {Object.entries(hidden ?? {}).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {!placesMessage && <FormMessage />}
        {state.ok && success && (
          <noscript>
            <p role="status" className="text-sm text-success">
              {success}
            </p>
          </noscript>
        )}
        {typeof children === "function" ? children(state, pending) : children}
      </form>
    </FormContext>
  );
}

/** A hidden field has no place for its error: then the message tells. */
function besideFields(state: FormState, hidden: Record<string, string> = {}): FormState {
  const seen = Object.entries(state.fields ?? {}).filter(([name]) => !Object.hasOwn(hidden, name));
  return { ...state, fields: Object.fromEntries(seen) };
}

/** What is wrong with the whole form. */
export function FormMessage() {
  const state = useFormState();
  if (state.ok !== false) return null;
  const beside = Object.keys(state.fields ?? {}).length > 0;
  return (
    <p role="alert" className="flex gap-2.5 rounded-md bg-danger-soft px-3.5 py-2.5 text-sm text-danger">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
      <span className="min-w-0 break-words">{beside ? "Please check what is marked below." : state.message}</span>
    </p>
  );
}
