// The email address of the account: its verification, and the form that changes it.
import { Button } from "@/app/_ui/button";
import { errorSentence } from "@/app/_ui/error-sentence";
import { PasswordField } from "@/app/_ui/password-field";
import type { AccountSummary } from "@/lib/account/account-summary";
import type { App } from "@/lib/apps/apps";
import type { Flash } from "@/lib/hosted/flash";
import type { HostedSession } from "@/lib/sessions/cookie";
import { Alert } from "../alert";
import { EmailField } from "../email-field";
import { PostForm } from "../form";
import { SignInAgain } from "./sign-in-again";

type EmailSectionProps = {
  app: App;
  session: HostedSession;
  facts: AccountSummary;
  /** The result of the last form that was submitted. */
  flash: Flash | null;
};

export function EmailSection(props: EmailSectionProps) {
  const { app, session, facts } = props;
  return (
    <div className="grid max-w-md gap-6">
      {session.email && !facts.emailVerified && <Unverified app={app} />}
      {facts.hasPassword || facts.isFresh ? (
        <EmailForm {...props} />
      ) : (
        <SignInAgain app={app} page="account" what="change your email address" />
      )}
    </div>
  );
}

function Unverified({ app }: { app: App }) {
  return (
    <Alert tone="warning">
      <p>Your email address isn’t verified yet. Open the link in the email that we sent you.</p>
      <PostForm app={app} path="account/verify" className="mt-3">
        <Button type="submit" variant="secondary" size="sm">
          Resend email
        </Button>
      </PostForm>
    </Alert>
  );
}

function EmailForm({ app, facts, flash }: EmailSectionProps) {
  const { email, password } = flash?.fields ?? {};
  return (
    <PostForm app={app} path="account/email" className="grid gap-5">
      <EmailField label="New email address" autoComplete="email" defaultValue={flash?.typed?.email} error={email} />
      {facts.hasPassword && (
        <PasswordField
          name="password"
          label="Password"
          autoComplete="current-password"
          error={password && errorSentence("The password", password)}
        />
      )}
      <Button type="submit" variant="secondary" className="justify-self-start">
        Change email address
      </Button>
    </PostForm>
  );
}
