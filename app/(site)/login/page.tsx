// Sign-in page for developers.
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
import { worksOnHostedPages } from "@/lib/factors/passkey/site";
import { TENANT_ZERO } from "@/lib/ids";
import { signInAction } from "./actions";
import { DeveloperPasskey } from "./passkey";

export const metadata: Metadata = { title: "Sign in" };

/** Messages about what the user just did, by the `done` parameter. */
const DONE: Record<string, string> = {
  password: "Your password was changed. Sign in with your new password.",
  verified: "Your email address is verified. Sign in to continue.",
  address: "Your email address was changed. Sign in with your new email address.",
  closed: "Your account was deleted, and all your sessions were signed out.",
  ended: "That sign-in has ended. Sign in again.",
  disowned: "Thanks for letting us know. The person who created the account can no longer use it.",
};

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { next: asked, done, again } = await searchParams;
  const next = safeNext(asked);
  // `again`: some changes require a new sign-in.
  if (again === undefined && (await findDeveloper())) redirect(next);
  const app = await getApp(TENANT_ZERO);
  const canSignUp = app.settings.signups === "open" || (await invitationOfNext(next)) !== null;
  const hasPasskeys = worksOnHostedPages(app.settings);

  return (
    <AuthPage
      title="Sign in"
      footer={
        canSignUp && (
          <p>
            New here? <TextLink href={withNext("/signup", next)}>Create an account</TextLink>
          </p>
        )
      }
    >
      <Form action={signInAction} hidden={{ next }}>
        {typeof done === "string" && Object.hasOwn(DONE, done) && (
          <p role="status" className="rounded-md bg-success-soft px-3.5 py-3 text-sm text-success">
            {DONE[done]}
          </p>
        )}
        <FormField
          name="email"
          type="email"
          label="Email address"
          autoComplete={hasPasskeys ? "username webauthn" : "username"}
          required
        />
        <PasswordField name="password" label="Password" autoComplete="current-password" />
        <BotCheck app={app} form="signin" always />
        <SubmitButton size="lg" className="mt-1 w-full">
          Sign in
        </SubmitButton>
        <p className="text-center text-sm">
          <TextLink href="/forgot-password">Forgot your password?</TextLink>
        </p>
      </Form>
      {hasPasskeys && <DeveloperPasskey appId={TENANT_ZERO} next={next} />}
    </AuthPage>
  );
}
