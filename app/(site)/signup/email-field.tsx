"use client";

// Email field of the developer sign-up. If the email address is taken, it links to the sign-in.
import { useFormState } from "@/app/_ui/form-context";
import { FormField } from "@/app/_ui/form-field";
import { TextLink } from "@/app/_ui/text-link";
import { EMAIL_TAKEN } from "./email-taken";

/** `invited`: the email address of a team invitation, which can't be changed. */
export function EmailField({ signIn, invited }: { signIn: string; invited?: string }) {
  const taken = useFormState().fields?.email === EMAIL_TAKEN;
  return (
    <FormField
      name="email"
      type="email"
      label="Email address"
      autoComplete="email"
      required
      defaultValue={invited}
      readOnly={invited !== undefined}
      error={
        taken && (
          <>
            {EMAIL_TAKEN} <TextLink href={signIn}>Sign in instead</TextLink>
          </>
        )
      }
    />
  );
}
