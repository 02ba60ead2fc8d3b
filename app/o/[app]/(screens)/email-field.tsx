// Email field of the hosted forms.

import { errorSentence } from "@/app/_ui/error-sentence";
import { Field, type FieldProps } from "@/app/_ui/field";

type EmailFieldProps = Partial<Pick<FieldProps, "label" | "autoComplete" | "defaultValue" | "hint">> & {
  error?: string;
};

export function EmailField({ error, ...field }: EmailFieldProps) {
  return (
    <Field
      name="email"
      type="email"
      label="Email address"
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      required
      maxLength={320}
      {...field}
      error={error && errorSentence("The email address", error)}
    />
  );
}
