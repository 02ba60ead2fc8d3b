"use client";

// The address of a new developer. Who has an account already is shown the way to it.
import { useFormState } from "@/app/_ui/form-context";
import { FormField } from "@/app/_ui/form-field";
import { TextLink } from "@/app/_ui/text-link";
import { EMAIL_TAKEN } from "./email-taken";

export function EmailField() {
  const taken = useFormState().fields?.email === EMAIL_TAKEN;
  return (
    <FormField
      name="email"
      type="email"
      label="E-mail address"
      autoComplete="email"
      required
      error={
        taken && (
          <>
            {EMAIL_TAKEN} <TextLink href="/login">Log in instead</TextLink>
          </>
        )
      }
    />
  );
}
