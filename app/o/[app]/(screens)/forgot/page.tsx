// Forgot-password page. It never reveals whether an email address has an account.
import type { Metadata } from "next";
import { loadFlash } from "@/app/_server/hosted";
import { BotCheck } from "@/app/_ui/bot-check/bot-check";
import { TextLink, textLinkClass } from "@/app/_ui/text-link";
import { RESET_MINUTES } from "@/lib/account/forgot-password";
import type { App } from "@/lib/apps/apps";
import type { Flash } from "@/lib/hosted/flash";
import { Alert } from "../alert";
import { EmailField } from "../email-field";
import { BrandButton, PostForm } from "../form";
import { LtrText } from "../isolated-text";
import { PageCard } from "../page-card";
import { openScreen, type ScreenProps, screenPath } from "../screen";

export async function generateMetadata(props: ScreenProps): Promise<Metadata> {
  const { app } = await openScreen(props);
  const flash = await loadFlash(app, "forgot");
  const title = flash?.ok ? "Check your email" : `${flash ? "Error: " : ""}Forgot your password?`;
  return { title: { absolute: `${title} · ${app.name}` } };
}

export default async function ForgotPage(props: ScreenProps) {
  // Works without an interaction too: the email about a changed password links here.
  const { app, screen } = await openScreen(props);
  const interaction = screen?.interaction;
  const flash = await loadFlash(app, "forgot");
  const back = interaction ? screenPath(app, "signin", interaction.id) : `/o/${app.id}/account/start`;
  return (
    <PageCard
      app={app}
      title={flash?.ok ? "Check your email" : "Forgot your password?"}
      description={
        flash?.ok ? (
          <Sent to={flash.message} />
        ) : (
          <p>Enter your email address, and we’ll send you a link to reset your password.</p>
        )
      }
      footer={
        <p>
          Remember your password? {/* Without an interaction this is a route handler, which Next's Link cannot open. */}
          {interaction ? (
            <TextLink href={back}>Sign in</TextLink>
          ) : (
            <a href={back} className={textLinkClass}>
              Sign in
            </a>
          )}
        </p>
      }
    >
      {app.settings.methods.password ? (
        <ForgotForm app={app} interactionId={interaction?.id} typed={interaction?.form.email} flash={flash} />
      ) : (
        <Alert tone="warning">This app doesn’t use passwords. Sign in another way.</Alert>
      )}
    </PageCard>
  );
}

function Sent({ to }: { to: string }) {
  return (
    <p>
      If there’s an account for <LtrText className="font-medium text-ink">{to}</LtrText>, we’ve sent it a link. The link
      works once and expires in {RESET_MINUTES} minutes.
    </p>
  );
}

type ForgotFormProps = { app: App; interactionId?: string; typed?: string; flash: Flash | null };

function ForgotForm({ app, interactionId, typed, flash }: ForgotFormProps) {
  const wrong = flash && !flash.ok ? flash : null;
  const { email } = wrong?.fields ?? {};
  return (
    <PostForm
      app={app}
      path="forgot"
      hidden={interactionId ? { interaction: interactionId } : {}}
      className="grid gap-5"
    >
      {wrong && !email && (
        <Alert tone="danger" role="alert">
          {wrong.message}
        </Alert>
      )}
      <EmailField defaultValue={flash?.ok ? flash.message : (wrong?.typed?.email ?? typed)} error={email} />
      <BotCheck app={app} form="forgot" />
      <BrandButton className="w-full">{flash?.ok ? "Resend link" : "Send link"}</BrandButton>
    </PostForm>
  );
}
