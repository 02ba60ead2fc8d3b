// A developer logs in, and goes where they wanted to be.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { findDeveloper, safeNext } from "@/app/_edge/dashboard-session";
import { Doorway } from "@/app/_ui/doorway";
import { Form } from "@/app/_ui/form";
import { FormField } from "@/app/_ui/form-field";
import { PasswordField } from "@/app/_ui/password-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextLink } from "@/app/_ui/text-link";
import { logInAction } from "./actions";

export const metadata: Metadata = { title: "Log in" };

export default async function LogInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const asked = (await searchParams).next;
  const next = safeNext(typeof asked === "string" ? asked : undefined);
  if (await findDeveloper()) redirect(next);

  return (
    <Doorway
      title="Log in"
      footer={
        <p>
          New here? <TextLink href="/signup">Create an account</TextLink>
        </p>
      }
    >
      <Form action={logInAction} hidden={{ next }}>
        <FormField name="email" type="email" label="E-mail address" autoComplete="username" required />
        <PasswordField name="password" label="Password" autoComplete="current-password" />
        <SubmitButton size="lg" className="mt-1 w-full">
          Log in
        </SubmitButton>
        <p className="text-center text-sm">
          <TextLink href="/forgot-password">Forgot your password?</TextLink>
        </p>
      </Form>
    </Doorway>
  );
}
