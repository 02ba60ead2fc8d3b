"use client";

// Which address gets the link; then the same form again, in case nothing came.
import { Form } from "@/app/_ui/form";
import { FormField } from "@/app/_ui/form-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { forgotPasswordAction } from "./actions";

export function ForgotForm({ minutes }: { minutes: number }) {
  return (
    <Form action={forgotPasswordAction}>
      {({ ok, data }) => (
        <>
          {ok && data && (
            <p role="status" className="rounded-md bg-success-soft px-3.5 py-3 text-sm text-success">
              If there is an account with <bdi className="font-medium wrap-anywhere">{data.email}</bdi>, a mail is on
              its way. Its link works once, within {minutes} minutes.
            </p>
          )}
          <FormField
            name="email"
            type="email"
            label="E-mail address"
            autoComplete="username"
            required
            defaultValue={data?.email}
          />
          <SubmitButton size="lg" className="mt-1 w-full">
            {ok ? "Send it again" : "Mail me a link"}
          </SubmitButton>
        </>
      )}
    </Form>
  );
}
