// Field for a 6-digit code: phones offer the code of an email or text message, "123 456" can be pasted.
import { errorSentence } from "./error-sentence";
import { Field, type FieldProps } from "./field";

type CodeFieldProps = Partial<Pick<FieldProps, "name" | "label" | "hint" | "autoFocus">> & { problem?: string };

/** `problem`: the rest of a sentence about the code. The pattern also allows digits of other scripts and bidi marks. */
export function CodeField({ problem, name = "code", label = "Code", ...input }: CodeFieldProps) {
  return (
    <Field
      {...input}
      name={name}
      label={label}
      inputMode="numeric"
      autoComplete="one-time-code"
      required
      maxLength={40}
      pattern="[\p{Nd}\p{Pd}\p{Cf}\s]*"
      title="6 digits"
      error={problem && errorSentence("The code", problem)}
    />
  );
}
