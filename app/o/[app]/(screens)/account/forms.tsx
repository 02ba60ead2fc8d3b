// The forms that change the name and the password of an account.
import { Button } from "@/app/_ui/button";
import { errorSentence } from "@/app/_ui/error-sentence";
import { Field } from "@/app/_ui/field";
import { PasswordField } from "@/app/_ui/password-field";
import type { AccountSummary } from "@/lib/account/account-summary";
import type { App } from "@/lib/apps/apps";
import type { Flash } from "@/lib/hosted/flash";
import type { HostedSession } from "@/lib/sessions/cookie";
import { PostForm } from "../form";
import { SignInAgain } from "./sign-in-again";

type FormProps = {
  app: App;
  session: HostedSession;
  /** The result of the last form that was submitted. */
  flash: Flash | null;
};

export function ProfileForm({ app, session, flash }: FormProps) {
  return (
    <PostForm app={app} path="account/profile" className="grid max-w-md gap-5">
      <Field
        name="name"
        label="Name"
        optional
        autoComplete="name"
        maxLength={200}
        defaultValue={flash?.typed?.name ?? session.name ?? undefined}
        hint="Connected apps that can see your profile also see your name."
        error={flash?.fields?.name && errorSentence("The name", flash.fields.name)}
      />
      <Button type="submit" variant="secondary" className="justify-self-start">
        Save name
      </Button>
    </PostForm>
  );
}

export function PasswordForm({ app, session, facts, flash }: FormProps & { facts: AccountSummary }) {
  if (!facts.hasPassword && !facts.isFresh) return <SignInAgain app={app} page="account" what="set a password" />;
  const fields = flash?.fields ?? {};
  const wrong = (field: string, subject: string) => fields[field] && errorSentence(subject, fields[field]);
  return (
    <PostForm app={app} path="account/password" className="grid max-w-md gap-5">
      {/* Tells password managers whose password this is. */}
      <input type="text" autoComplete="username" defaultValue={session.email ?? ""} readOnly hidden />
      {facts.hasPassword && (
        <PasswordField
          name="current_password"
          label="Current password"
          autoComplete="current-password"
          error={wrong("current_password", "The current password")}
        />
      )}
      <PasswordField
        name="new_password"
        label="New password"
        autoComplete="new-password"
        hint={`At least ${app.settings.password_minimum_bytes} characters. A few random words make a good password.`}
        error={wrong("new_password", "The new password")}
      />
      <Button type="submit" variant="secondary" className="justify-self-start">
        {facts.hasPassword ? "Change password" : "Set password"}
      </Button>
    </PostForm>
  );
}
