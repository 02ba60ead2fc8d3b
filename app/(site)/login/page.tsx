// A developer logs in, and goes where they wanted to be.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { findDeveloper, safeNext } from "@/app/_server/dashboard-session";
import { AuthPage } from "@/app/_ui/auth-page";
import { Form } from "@/app/_ui/form";
import { FormField } from "@/app/_ui/form-field";
import { PasswordField } from "@/app/_ui/password-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextLink } from "@/app/_ui/text-link";
import { logInAction } from "./actions";

export const metadata: Metadata = { title: "Log in" };

/** What a mailed link has just done. */
const DONE: Record<string, string> = {
  password: "Your password is changed. Log in with it.",
  verified: "Your address is verified. Log in to go on.",
  address: "Your new address is in use. Log in with it.",
  closed: "Your account is deleted, and every browser was signed out. Goodbye.",
  disowned: "Thank you for saying so. Whoever made the account has lost it.",
};

export default async function LogInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { next: asked, done } = await searchParams;
  const next = safeNext(typeof asked === "string" ? asked : undefined);
  if (await findDeveloper()) redirect(next);

  return (
    <AuthPage
      title="Log in"
      footer={
        <p>
          New here? <TextLink href="/signup">Create an account</TextLink>
        </p>
      }
    >
      <Form action={logInAction} hidden={{ next }}>
        {typeof done === "string" && Object.hasOwn(DONE, done) && (
          <p role="status" className="rounded-md bg-success-soft px-3.5 py-3 text-sm text-success">
            {DONE[done]}
          </p>
        )}
        <FormField name="email" type="email" label="E-mail address" autoComplete="username" required />
        <PasswordField name="password" label="Password" autoComplete="current-password" />
        <SubmitButton size="lg" className="mt-1 w-full">
          Log in
        </SubmitButton>
        <p className="text-center text-sm">
          <TextLink href="/forgot-password">Forgot your password?</TextLink>
        </p>
      </Form>
    </AuthPage>
  );
}
