// Optional URL of the settings form.
import type { ReactNode } from "react";
import { FormField } from "@/app/_ui/form-field";
import type { ClientMetadata } from "@/lib/oauth/clients/client";

type UrlName = {
  [Name in keyof ClientMetadata]: Name extends `${string}_${"uri"}` ? Name : never;
}[keyof ClientMetadata];

type UrlFieldProps = { label: string; name: UrlName; value: string | null; hint?: ReactNode };

export function UrlField({ label, name, value, hint }: UrlFieldProps) {
  return (
    <FormField
      label={label}
      name={name}
      subject="The URL"
      hint={hint}
      defaultValue={value ?? ""}
      placeholder="https://"
      maxLength={2000}
      spellCheck={false}
      autoComplete="off"
      dir="ltr"
      optional
    />
  );
}
