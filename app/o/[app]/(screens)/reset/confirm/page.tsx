// Password reset: the page that the link from the email opens.
import type { Metadata } from "next";
import { errorSentence } from "@/app/_ui/error-sentence";
import { PasswordField } from "@/app/_ui/password-field";
import { peekPasswordReset } from "@/lib/account/reset-password";
import { BrandButton, PostForm } from "../../form";
import { LtrText } from "../../isolated-text";
import { linkMetadata, openLink } from "../../link";
import { PageCard } from "../../page-card";
import type { ScreenProps } from "../../screen";

export function generateMetadata(props: ScreenProps): Promise<Metadata> {
  return linkMetadata(props, "reset_password", "Choose a new password");
}

export default async function ResetPage(props: ScreenProps) {
  const { app, token, found, fields } = await openLink(props, "reset_password", peekPasswordReset);
  return (
    <PageCard
      app={app}
      title="Choose a new password"
      description={
        <p>
          For <LtrText className="font-medium text-ink">{found.email}</LtrText>. You’ll be signed out on every device.
        </p>
      }
    >
      <PostForm app={app} path="reset" hidden={{ token }} className="grid gap-5">
        {/* Tells password managers whose password this is. */}
        <input type="text" autoComplete="username" defaultValue={found.email} readOnly hidden />
        <PasswordField
          name="password"
          label="New password"
          autoComplete="new-password"
          hint={`At least ${app.settings.password_minimum_bytes} characters. A few random words make a good password.`}
          error={fields.password && errorSentence("The password", fields.password)}
        />
        <BrandButton className="mt-1 w-full">Change password</BrandButton>
      </PostForm>
    </PageCard>
  );
}
