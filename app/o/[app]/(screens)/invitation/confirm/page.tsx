// User invitation: the page that the link from the email opens.
import type { Metadata } from "next";
import { loadSession } from "@/app/_server/hosted";
import { Button } from "@/app/_ui/button";
import { errorSentence } from "@/app/_ui/error-sentence";
import { Field } from "@/app/_ui/field";
import { PasswordField } from "@/app/_ui/password-field";
import { peekInvitation } from "@/lib/account/accept-invitation";
import { hasEmailMethod } from "@/lib/apps/sign-in-methods";
import { findKeepablePassword, type KeepablePassword } from "@/lib/hosted/links/known-password";
import { Alert } from "../../alert";
import { BrandButton, PostForm } from "../../form";
import { IsolatedText, LtrText } from "../../isolated-text";
import { linkMetadata, openLink } from "../../link";
import { PageCard } from "../../page-card";
import type { ScreenProps } from "../../screen";

export function generateMetadata(props: ScreenProps): Promise<Metadata> {
  return linkMetadata(props, "user_invitation", "You’re invited");
}

export default async function InvitationPage(props: ScreenProps) {
  const { app, token, found, fields } = await openLink(props, "user_invitation", peekInvitation);
  const { password, magic_link: magicLink } = app.settings.methods;
  const keepable = await findKeepablePassword(app, found.canonical, () => loadSession(app));
  const mayOmitPassword = password && hasEmailMethod(app.settings);
  return (
    <PageCard
      app={app}
      title="You’re invited"
      description={
        <p>
          Create your <IsolatedText className="font-medium text-ink">{app.name}</IsolatedText> account for{" "}
          <LtrText className="font-medium text-ink">{found.email}</LtrText>.
        </p>
      }
    >
      <PostForm app={app} path="invitation" hidden={{ token }} className="grid gap-5">
        {keepable && (
          <Alert tone="warning">
            This account has a password that was set before the email address was verified, possibly by another person.
            Keep it only if you set it yourself. Otherwise, accepting the invitation removes it. Sessions, linked
            accounts and second factors that were added before are always removed.
          </Alert>
        )}
        <input type="text" autoComplete="username" defaultValue={found.email} readOnly hidden />
        <Field
          name="name"
          label="Name"
          optional
          autoComplete="name"
          maxLength={200}
          error={fields.name && errorSentence("The name", fields.name)}
        />
        {password && (
          <PasswordField
            name="password"
            label={keepable ? "New password" : "Password"}
            autoComplete="new-password"
            hint={`At least ${app.settings.password_minimum_bytes} characters. A few random words make a good password.`}
            error={fields.password && errorSentence("The password", fields.password)}
          />
        )}
        <BrandButton className="mt-1 w-full">Accept invitation</BrandButton>
        {keepable && <ExistingPassword {...keepable} problem={fields.existing_password} />}
        {mayOmitPassword && (
          <Button
            type="submit"
            variant="secondary"
            size="lg"
            className="-mt-2 w-full"
            name="without"
            value="password"
            formNoValidate
          >
            Continue without a password
          </Button>
        )}
      </PostForm>
      {mayOmitPassword && (
        <p className="mt-5 text-sm text-ink-muted">
          Without a password, we’ll email you a {magicLink ? "link" : "code"} each time you sign in.
        </p>
      )}
    </PageCard>
  );
}

type ExistingPasswordProps = KeepablePassword & { problem: string | undefined };

/** Its button submits the same form. Enter submits the first button, which needs a new password. */
function ExistingPassword({ sessionId, problem }: ExistingPasswordProps) {
  return (
    <div className="grid gap-3 border-t border-line pt-5">
      {sessionId ? (
        <p className="text-sm text-ink-muted">You signed in with the existing password in this browser.</p>
      ) : (
        <PasswordField
          name="existing_password"
          label="Existing password"
          autoComplete="current-password"
          required={false}
          error={problem && errorSentence("The password", problem)}
        />
      )}
      <Button
        type="submit"
        variant="secondary"
        size="lg"
        className="w-full"
        name="keep_password"
        value="1"
        formNoValidate
      >
        Keep the existing password
      </Button>
    </div>
  );
}
