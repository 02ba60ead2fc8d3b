// A developer signs up: a user of tenant zero.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { findDeveloper } from "@/app/_server/dashboard-session";
import { AuthPage } from "@/app/_ui/auth-page";
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
  const { settings } = await getApp(TENANT_ZERO);

  return (
    <AuthPage
      title="Create your account"
      description="For developers: with it you make Apps and look after their users."
      footer={
        <p>
          You have one already? <TextLink href="/login">Log in</TextLink>
        </p>
      }
    >
      <Form action={signUpAction}>
        <EmailField />
        <PasswordField
          name="password"
          label="Password"
          autoComplete="new-password"
          hint={`At least ${settings.password_minimum_bytes} characters, and none of those that everybody tries first. A sentence is good.`}
        />
        <FormField name="name" label="Name" autoComplete="name" optional />
        <SubmitButton size="lg" className="mt-1 w-full">
          Sign up
        </SubmitButton>
      </Form>
    </AuthPage>
  );
}
