// Shown after a magic link or a code was sent: the user opens the link or enters the code here.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { CodeField } from "@/app/_ui/code-field";
import { TextLink } from "@/app/_ui/text-link";
import { SIGN_IN_EMAIL_MINUTES } from "@/lib/signin/sign-in-email";
import { Alert } from "../alert";
import { ExpiredPage } from "../expired-page";
import { BrandButton, PostForm } from "../form";
import { LtrText } from "../isolated-text";
import { PageCard } from "../page-card";
import { formOf, openScreen, type ScreenProps, screenMetadata, screenPath } from "../screen";
import { PasswordDecision } from "./password-decision";

export function generateMetadata(props: ScreenProps): Promise<Metadata> {
  return screenMetadata(props, "Check your email", "magic-link");
}

export default async function MagicLinkPage(props: ScreenProps) {
  const { app, screen } = await openScreen(props);
  if (!screen) return <ExpiredPage app={app} />;
  const { id, form } = screen.interaction;
  const { email, message, fields = {}, provedCode } = formOf(form, "magic-link");
  if (!email) redirect(screenPath(app, "signin", id));
  if (provedCode)
    return (
      <PageCard
        app={app}
        title="Keep your password?"
        description={
          <p>
            This account has a password that was set before the email address was verified, possibly by another person.
            Keep it only if you set it yourself. Either way, signing in signs out all other devices and removes linked
            accounts and second factors that were added before.
          </p>
        }
      >
        {message && (
          <Alert tone="danger" role="alert" className="mb-5">
            {message}
          </Alert>
        )}
        <PasswordDecision app={app} interactionId={id} email={email} problem={fields.password} />
      </PageCard>
    );
  return (
    <PageCard
      app={app}
      title="Check your email"
      description={
        <p>
          If <LtrText className="font-medium text-ink">{email}</LtrText> can sign in here, we’ve sent an email to it.{" "}
          {app.settings.methods.magic_link
            ? `Open its link in this browser within ${SIGN_IN_EMAIL_MINUTES} minutes, or enter the code from the email.`
            : `Enter the code from the email within ${SIGN_IN_EMAIL_MINUTES} minutes.`}
        </p>
      }
      footer={
        <p>
          Didn’t get it? Check your spam folder, or{" "}
          <TextLink href={screenPath(app, "signin", id)}>request another email</TextLink>.
        </p>
      }
    >
      <PostForm app={app} path="magic-link/code" hidden={{ interaction: id }} className="grid gap-5">
        {message && (
          <Alert tone="danger" role="alert">
            {message}
          </Alert>
        )}
        <CodeField problem={fields.code} />
        <BrandButton className="w-full">Sign in</BrandButton>
      </PostForm>
    </PageCard>
  );
}
