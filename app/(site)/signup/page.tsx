// Sign-up page for developers, who are the users of the dashboard's own App.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { findDeveloper } from "@/app/_server/dashboard-session";
import { AuthPage } from "@/app/_ui/auth-page";
import { BotCheck } from "@/app/_ui/bot-check/bot-check";
import { Form } from "@/app/_ui/form";
import { FormField } from "@/app/_ui/form-field";
import { PasswordField } from "@/app/_ui/password-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextLink } from "@/app/_ui/text-link";
import { getApp } from "@/lib/apps/apps";
import { TENANT_ZERO } from "@/lib/ids";
import { signUpAction } from "./actions";
import { EmailField } from "./email-field";

export const metadata: Metadata = { title: "Sign up" };

export default async function SignUpPage() {
  if (await findDeveloper()) redirect("/dashboard");
  const app = await getApp(TENANT_ZERO);

  return (
    <AuthPage
      title="Create your account"
      description="With a developer account you can create apps and manage their users."
      footer={
        <p>
          Already have an account? <TextLink href="/login">Sign in</TextLink>
        </p>
      }
    >
      <Form action={signUpAction}>
        <EmailField />
        <PasswordField
          name="password"
          label="Password"
          autoComplete="new-password"
          hint={`At least ${app.settings.password_minimum_bytes} characters. A few random words make a good password.`}
        />
        <FormField name="name" label="Name" autoComplete="name" optional />
        <BotCheck app={app} form="signup" />
        <SubmitButton size="lg" className="mt-1 w-full">
          Create account
        </SubmitButton>
      </Form>
    </AuthPage>
  );
}
