"use client";

// Forgot-password form. After it was sent, it stays on the page to resend the link.
import type { ReactNode } from "react";
import { Form } from "@/app/_ui/form";
import { FormField } from "@/app/_ui/form-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { forgotPasswordAction } from "./actions";

export function ForgotForm({ minutes, check }: { minutes: number; check: ReactNode }) {
  return (
    <Form action={forgotPasswordAction}>
      {({ ok, data }) => (
        <>
          {ok && data && (
            <p role="status" className="rounded-md bg-success-soft px-3.5 py-3 text-sm text-success">
              If there’s an account for <bdi className="font-medium wrap-anywhere">{data.email}</bdi>, we’ve sent it a
              link. The link works once and expires in {minutes} minutes.
            </p>
          )}
          <FormField
            name="email"
            type="email"
            label="Email address"
            autoComplete="username"
            required
            defaultValue={data?.email}
          />
          {check}
          <SubmitButton size="lg" className="mt-1 w-full">
            {ok ? "Resend link" : "Send link"}
          </SubmitButton>
        </>
      )}
    </Form>
  );
}
