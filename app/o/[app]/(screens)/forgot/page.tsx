// Somebody forgot the password: which address gets the link. Whether there is an account with it is not said.
import type { Metadata } from "next";
import { loadFlash } from "@/app/_server/hosted";
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
  const title = flash?.ok ? "Look into your mail" : `${flash ? "Error: " : ""}Forgot your password?`;
  return { title: { absolute: `${title} · ${app.name}` } };
}

export default async function ForgotPage(props: ScreenProps) {
  // Also without a request that waits: the warning of a changed password leads here.
  const { app, screen } = await openScreen(props);
  const interaction = screen?.interaction;
  const flash = await loadFlash(app, "forgot");
  const back = interaction ? screenPath(app, "signin", interaction.id) : `/o/${app.id}/account/start`;
  return (
    <PageCard
      app={app}
      title={flash?.ok ? "Look into your mail" : "Forgot your password?"}
      description={
        flash?.ok ? <Sent to={flash.message} /> : <p>Type your address, and a link to a new one is mailed to it.</p>
      }
      footer={
        <p>
          It came back to you? {/* Without a request a handler answers there, so this is no link within the pages. */}
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
        <Alert tone="warning">Nobody signs in with a password here, so there is none to forget.</Alert>
      )}
    </PageCard>
  );
}

function Sent({ to }: { to: string }) {
  return (
    <p>
      If there is an account with <LtrText className="font-medium text-ink">{to}</LtrText>, a mail is on its way. Its
      link works once, within {RESET_MINUTES} minutes.
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
      <BrandButton className="w-full">{flash?.ok ? "Send it again" : "Mail me a link"}</BrandButton>
    </PostForm>
  );
}
