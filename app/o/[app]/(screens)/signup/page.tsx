// Sign-up page of an App.
import type { Metadata } from "next";
import type { Screen } from "@/app/_server/hosted";
import { BotCheck } from "@/app/_ui/bot-check/bot-check";
import { errorSentence } from "@/app/_ui/error-sentence";
import { Field } from "@/app/_ui/field";
import { PasswordField } from "@/app/_ui/password-field";
import { TextLink } from "@/app/_ui/text-link";
import { listEnabledConnections } from "@/lib/social/connections";
import { Alert } from "../alert";
import { ContinueTo } from "../continue-to";
import { EmailField } from "../email-field";
import { ExpiredPage } from "../expired-page";
import { BrandButton, PostForm } from "../form";
import { PageCard } from "../page-card";
import { formOf, openScreen, type ScreenProps, screenMetadata, screenPath } from "../screen";
import { SocialButtons } from "../social-buttons";

export function generateMetadata(props: ScreenProps): Promise<Metadata> {
  return screenMetadata(props, "Create an account", "signup");
}

export default async function SignUpPage(props: ScreenProps) {
  const { app, screen } = await openScreen(props);
  if (!screen) return <ExpiredPage app={app} />;
  const { methods, signups } = app.settings;
  const open = signups === "open";
  const connections = open ? await listEnabledConnections(app.id) : [];
  return (
    <PageCard
      app={app}
      title="Create an account"
      description={<ContinueTo client={screen.client} />}
      footer={
        <p>
          Already have an account? <TextLink href={screenPath(app, "signin", screen.interaction.id)}>Sign in</TextLink>
        </p>
      }
    >
      {methods.password && open && <SignUpForm {...screen} />}
      <SocialButtons
        app={app}
        interactionId={screen.interaction.id}
        connections={connections}
        below={methods.password}
      />
      {!open || (!methods.password && connections.length === 0) ? (
        <Alert tone="warning">
          {signups === "invite_only" ? "You need an invitation to sign up." : "Sign-up isn’t available."}
        </Alert>
      ) : null}
    </PageCard>
  );
}

function SignUpForm({ app, interaction, request }: Screen) {
  const { name, email, message, fields = {} } = formOf(interaction.form, "signup");
  const { allowed_email_domains: domains, password_minimum_bytes: minimum } = app.settings;
  return (
    <PostForm app={app} path="signup" hidden={{ interaction: interaction.id }} className="grid gap-5">
      {message && (
        <Alert tone="danger" role="alert">
          {message}
        </Alert>
      )}
      <Field
        name="name"
        label="Name"
        optional
        autoComplete="name"
        maxLength={200}
        defaultValue={name}
        error={fields.name && errorSentence("The name", fields.name)}
      />
      <EmailField
        defaultValue={email ?? request?.loginHint ?? undefined}
        hint={domains.length > 0 && domains.length < 4 ? `Use an email address at ${domains.join(" or ")}.` : undefined}
        error={fields.email}
      />
      <PasswordField
        name="password"
        label="Password"
        autoComplete="new-password"
        hint={`At least ${minimum} characters. A few random words make a good password.`}
        error={fields.password && errorSentence("The password", fields.password)}
      />
      <BotCheck app={app} form="signup" />
      <BrandButton className="mt-1 w-full">Create account</BrandButton>
    </PostForm>
  );
}
