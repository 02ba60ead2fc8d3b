// Shown after a correct password if the App requires a verified email address.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { loadFlash } from "@/app/_server/hosted";
import { Button } from "@/app/_ui/button";
import { TextLink } from "@/app/_ui/text-link";
import { Alert } from "../../alert";
import { ExpiredPage } from "../../expired-page";
import { PostForm } from "../../form";
import { LtrText } from "../../isolated-text";
import { PageCard } from "../../page-card";
import { openScreen, type ScreenProps, screenMetadata, screenPath } from "../../screen";

export function generateMetadata(props: ScreenProps): Promise<Metadata> {
  return screenMetadata(props, "Verify your email address");
}

export default async function PendingPage(props: ScreenProps) {
  const { app, screen } = await openScreen(props);
  if (!screen) return <ExpiredPage app={app} />;
  const { id, form } = screen.interaction;
  if (!form.email) redirect(screenPath(app, "signin", id));
  const flash = await loadFlash(app, "verify/pending");
  return (
    <PageCard
      app={app}
      title="Verify your email address"
      description={
        <p>
          We sent a link to <LtrText className="font-medium text-ink">{form.email}</LtrText>. Open it in this browser to
          continue.
        </p>
      }
      footer={
        <p>
          Already verified? <TextLink href={screenPath(app, "signin", id)}>Sign in</TextLink>
        </p>
      }
    >
      {flash && (
        <Alert tone={flash.ok ? "success" : "danger"} role={flash.ok ? "status" : "alert"} className="mb-5">
          {flash.message}
        </Alert>
      )}
      <PostForm app={app} path="verify/resend" hidden={{ interaction: id }} className="grid gap-3">
        <p className="text-sm text-ink-muted">Didn’t get it? Check your spam folder, or resend the email.</p>
        <Button type="submit" variant="secondary" size="lg">
          Resend email
        </Button>
      </PostForm>
    </PageCard>
  );
}
