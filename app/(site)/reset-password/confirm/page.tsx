// Password reset of a developer: the page that the link from the email opens.
import type { Metadata } from "next";
import { AuthPage } from "@/app/_ui/auth-page";
import { Form } from "@/app/_ui/form";
import { PasswordField } from "@/app/_ui/password-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextLink } from "@/app/_ui/text-link";
import { peekPasswordReset } from "@/lib/account/reset-password";
import { type LinkPageProps, openDeveloperLink } from "../../developer-link";
import { resetPasswordAction } from "./actions";

export const metadata: Metadata = { title: "Choose a new password" };

export default async function ResetPasswordPage(props: LinkPageProps) {
  const { foyer, token, found } = await openDeveloperLink(props, "reset_password", peekPasswordReset);
  return (
    <AuthPage
      title="Choose a new password"
      description={
        <>
          For <bdi className="font-medium text-ink wrap-anywhere">{found.email}</bdi>. You’ll be signed out on every
          device.
        </>
      }
      footer={
        <p>
          Remember your password? <TextLink href="/login">Sign in</TextLink>
        </p>
      }
    >
      <Form action={resetPasswordAction} hidden={{ token }}>
        {/* Tells password managers whose password this is. */}
        <input type="text" autoComplete="username" defaultValue={found.email} readOnly hidden />
        <PasswordField
          name="password"
          label="New password"
          autoComplete="new-password"
          hint={`At least ${foyer.settings.password_minimum_bytes} characters. A few random words make a good password.`}
        />
        <SubmitButton size="lg" className="mt-1 w-full">
          Change password
        </SubmitButton>
      </Form>
    </AuthPage>
  );
}
