"use client";

// Text, select and textarea fields of a `Form`, with their errors and submitted values.
import type { ComponentProps, ReactNode } from "react";
import { errorSentence } from "./error-sentence";
import { controlClass, Field, type FieldFrame, type FieldProps, FieldShell } from "./field";
import { useFormState } from "./form-context";

type OwnError = {
  /** Replaces the label in error messages: "The name" → "The name is missing." */
  subject?: string;
  /** Replaces the error that the action returned. */
  error?: ReactNode;
};

function useField(name: string, { label, subject, error }: { label: string } & OwnError, initial?: string) {
  const { fields, values } = useFormState();
  const problem = fields?.[name];
  return {
    error: error || (problem && errorSentence(subject ?? label, problem)),
    // A field that is absent from the submitted values was empty.
    value: values ? (values[name] ?? "") : initial,
  };
}

export function FormField({
  subject,
  error,
  defaultValue,
  ...field
}: FieldProps & OwnError & { defaultValue?: string }) {
  const own = useField(field.name, { label: field.label, subject, error }, defaultValue);
  return <Field {...field} error={own.error} defaultValue={own.value} />;
}

type SelectProps = Omit<ComponentProps<"select">, "className" | "id" | "defaultValue"> &
  FieldFrame &
  OwnError & { name: string; defaultValue?: string; options: { value: string; label: string }[] };

export function FormSelect({ subject, error, defaultValue, options, label, hint, id, optional, ...rest }: SelectProps) {
  const own = useField(rest.name, { label, subject, error }, defaultValue);
  return (
    <FieldShell label={label} hint={hint} error={own.error} id={id} optional={optional}>
      {(control) => (
        // The key: after an action, React resets a select to its initial value.
        <select
          key={own.value}
          {...rest}
          {...control}
          defaultValue={own.value}
          className={`${controlClass} h-10 pl-2.5`}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </FieldShell>
  );
}

type TextProps = Omit<ComponentProps<"textarea">, "className" | "id" | "defaultValue"> &
  FieldFrame &
  OwnError & {
    name: string;
    defaultValue?: string;
    /** For code, such as JSON. */
    mono?: boolean;
  };

export function FormTextarea({ subject, error, defaultValue, label, hint, id, optional, mono, ...rest }: TextProps) {
  const own = useField(rest.name, { label, subject, error }, defaultValue);
  return (
    <FieldShell label={label} hint={hint} error={own.error} id={id} optional={optional}>
      {(control) => (
        <textarea
          dir="auto"
          rows={4}
          {...rest}
          {...control}
          defaultValue={own.value}
          className={`${controlClass} px-3 py-2 ${mono ? "font-mono sm:text-[0.8125rem]" : ""}`}
        />
      )}
    </FieldShell>
  );
}
