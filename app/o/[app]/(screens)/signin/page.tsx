// Sign-in page of an App: for an authorization request, or for the account page.
import { Mail } from "lucide-react";
import type { Metadata } from "next";
import type { Screen } from "@/app/_server/hosted";
import { BotCheck } from "@/app/_ui/bot-check/bot-check";
import { Button } from "@/app/_ui/button";
import { errorSentence } from "@/app/_ui/error-sentence";
import { PasskeySignIn } from "@/app/_ui/passkey-sign-in";
import { PasswordField } from "@/app/_ui/password-field";
import { TextLink } from "@/app/_ui/text-link";
import { hasEmailMethod } from "@/lib/apps/sign-in-methods";
import { worksOnHostedPages } from "@/lib/factors/passkey/site";
import { reauthenticationPage } from "@/lib/oauth/authorize/interaction";
import { subjectFor } from "@/lib/oauth/subjects";
import { listEnabledConnections } from "@/lib/social/connections";
import { Alert } from "../alert";
import { ContinueTo } from "../continue-to";
import { EmailField } from "../email-field";
import { ExpiredPage } from "../expired-page";
import { BrandButton, PostForm } from "../form";
import { LtrText } from "../isolated-text";
import { PageCard } from "../page-card";
import { PasskeySupport } from "../passkey-support";
import { formOf, openScreen, type ScreenProps, screenMetadata, screenPath } from "../screen";
import { userLabel } from "../signed-in-user";
import { SocialButtons } from "../social-buttons";

export async function generateMetadata(props: ScreenProps): Promise<Metadata> {
  const { screen } = await openScreen(props);
  return screenMetadata(props, screen ? titleOf(screen) : "", "signin");
}

export default async function SignInPage(props: ScreenProps) {
  const { app, screen } = await openScreen(props);
  if (!screen) return <ExpiredPage app={app} />;
  const { methods, signups } = app.settings;
  const signUp = methods.password && signups === "open";
  const hasPasskeys = worksOnHostedPages(app.settings);
  const hasForm = methods.password || hasEmailMethod(app.settings);
  const connections = await listEnabledConnections(app.id);
  return (
    <PageCard
      app={app}
      title={titleOf(screen)}
      description={<ContinueTo client={screen.client} />}
      footer={
        signUp &&
        !mustProveAgain(screen) && (
          <p>
            New here? <TextLink href={screenPath(app, "signup", screen.interaction.id)}>Create an account</TextLink>
          </p>
        )
      }
    >
      <RejectedRequest {...screen} />
      <SignedInAlready {...screen} />
      {hasForm ? (
        <SignInForm {...screen} />
      ) : connections.length > 0 || hasPasskeys ? (
        <Failed {...screen} className="mb-5" />
      ) : (
        <NoForm />
      )}
      {hasPasskeys && (
        <PasskeySignIn
          appId={app.id}
          action={`/o/${app.id}/signin/passkey/submit`}
          hidden={{ interaction: screen.interaction.id }}
          below={hasForm}
        />
      )}
      <SocialButtons
        app={app}
        interactionId={screen.interaction.id}
        connections={connections}
        below={hasForm}
        belowPasskeys={hasPasskeys}
      />
    </PageCard>
  );
}

/** The request requires a newer sign-in (OIDC Core §3.1.2.1: prompt=login, max_age). */
function mustProveAgain({ request, recipient, session, interaction }: Screen): boolean {
  if (!session || session.authTime >= interaction.createdAt) return false;
  // Some actions of the account page require a recent sign-in.
  if (!recipient) return reauthenticationPage(interaction.query) !== null;
  return request !== null && (request.prompts.includes("login") || request.maxAgeSeconds !== null);
}

function titleOf(screen: Screen): string {
  return mustProveAgain(screen) ? "Confirm it’s you" : "Sign in";
}

function SignInForm(screen: Screen) {
  const { app, interaction, request, session } = screen;
  const { password } = app.settings.methods;
  const { email, notice, fields = {} } = formOf(interaction.form, "signin");
  const present = mustProveAgain(screen) ? session?.email : undefined;
  return (
    <PostForm
      app={app}
      path={password ? "signin" : "magic-link"}
      hidden={{ interaction: interaction.id }}
      className="grid gap-5"
    >
      <Failed {...screen} />
      {notice && (
        <Alert tone="success" role="status">
          {notice}
        </Alert>
      )}
      <EmailField
        autoComplete={worksOnHostedPages(app.settings) ? "username webauthn" : "username"}
        defaultValue={email ?? present ?? request?.loginHint ?? undefined}
        error={fields.email}
      />
      {password ? (
        <>
          <PasswordField
            name="password"
            label="Password"
            autoComplete="current-password"
            error={fields.password && errorSentence("The password", fields.password)}
          />
          <p className="-mt-2 text-sm">
            <TextLink href={screenPath(app, "forgot", interaction.id)}>Forgot your password?</TextLink>
          </p>
          {worksOnHostedPages(app.settings) && <PasskeySupport />}
          <BotCheck
            app={app}
            form="signin"
            email={email}
            alsoSentTo={hasEmailMethod(app.settings) ? "magic-link" : undefined}
          />
          <BrandButton className="w-full">Sign in</BrandButton>
          {hasEmailMethod(app.settings) && <EmailInstead app={app} />}
        </>
      ) : (
        <>
          <BotCheck app={app} form="magic-link" />
          <BrandButton className="mt-1 w-full">{emailLabel(app)}</BrandButton>
        </>
      )}
    </PostForm>
  );
}

/** A magic link email also contains a code, so the page doesn't offer a code beside it. */
function emailLabel({ settings }: Screen["app"]): string {
  return settings.methods.magic_link ? "Email me a link" : "Email me a code";
}

/** Submits the same form to the handler that sends the email, which needs no password. */
function EmailInstead({ app }: Pick<Screen, "app">) {
  return (
    <Button
      type="submit"
      variant="secondary"
      size="lg"
      className="-mt-2 w-full"
      formAction={`/o/${app.id}/magic-link/submit`}
      formNoValidate
    >
      <Mail aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
      {emailLabel(app)} instead
    </Button>
  );
}

/** The client gets the error after the sign-in (RFC 9700 §4.11.2). */
function RejectedRequest({ request, recipient }: Screen) {
  if (request || !recipient) return null;
  const { host, protocol } = new URL(recipient.redirectUri);
  return (
    <Alert tone="warning" className="mb-5">
      The application made a mistake: its request is invalid. After you sign in, you return to{" "}
      <LtrText className="font-medium">{host || protocol}</LtrText>, which may show an error. If you don’t know this
      application, close the page.
    </Alert>
  );
}

async function SignedInAlready(screen: Screen) {
  const { app, interaction, request, client, session } = screen;
  if (!session) return null;
  const expected = request?.expectedSubject;
  const isExpected = !expected || expected === (await subjectFor(app, request.client, session.userId));
  const continueHref = client ? screenPath(app, "select-account", interaction.id) : screenPath(app, "account");
  return (
    <p className="mb-6 rounded-md bg-surface-sunken px-3.5 py-3 text-sm text-ink-muted">
      You’re signed in as <LtrText className="font-medium text-ink">{userLabel(session)}</LtrText>.{" "}
      {!isExpected ? (
        "This request is for another account."
      ) : mustProveAgain(screen) ? (
        "Sign in again to continue."
      ) : (
        <>
          Sign in with another account, or <TextLink href={continueHref}>continue with this one</TextLink>.
        </>
      )}
    </p>
  );
}

/** The error of the last attempt, if it concerns the whole form. */
function Failed({ interaction, className }: Screen & { className?: string }) {
  const { message } = formOf(interaction.form, "signin");
  if (!message) return null;
  return (
    <Alert tone="danger" role="alert" className={className}>
      {message}
    </Alert>
  );
}

function NoForm() {
  return (
    <Alert tone="warning">Sign-in isn’t available here. Go back to the app and use the sign-in that it offers.</Alert>
  );
}
