// Sign-up page for developers, who are the users of the dashboard's own App.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { findDeveloper } from "@/app/_server/dashboard-session";
import { safeNext, withNext } from "@/app/_server/next-path";
import { invitationOfNext } from "@/app/_server/team-invitation";
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

type SignUpPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignUpPage({ searchParams }: SignUpPageProps) {
  const next = safeNext((await searchParams).next);
  if (await findDeveloper()) redirect(next);
  const [app, invited] = await Promise.all([getApp(TENANT_ZERO), invitationOfNext(next)]);
  const signIn = withNext("/login", next);
  if (app.settings.signups !== "open" && !invited) return <Closed signIn={signIn} />;

  return (
    <AuthPage
      title="Create your account"
      description={
        invited ? (
          <>
            You join the team of{" "}
            <span dir="auto" className="font-medium text-ink">
              {invited.app.name}
            </span>
            .
          </>
        ) : (
          "With a developer account you can create apps and manage their users."
        )
      }
      footer={
        <p>
          Already have an account? <TextLink href={signIn}>Sign in</TextLink>
        </p>
      }
    >
      <Form action={signUpAction} hidden={{ next }}>
        <EmailField signIn={signIn} invited={invited?.invitation.email ?? undefined} />
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

function Closed({ signIn }: { signIn: string }) {
  return (
    <AuthPage
      title="Sign-up is by invitation"
      footer={
        <p>
          Already have an account? <TextLink href={signIn}>Sign in</TextLink>
        </p>
      }
    >
      <p className="text-sm text-ink-muted">
        New developers need an invitation to a team on this server. Ask an owner of the app to invite your email
        address, then open the link in the email.
      </p>
    </AuthPage>
  );
}
