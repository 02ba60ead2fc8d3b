// The password was right, but the App lets in verified addresses only: look into the mail first.
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
  return screenMetadata(props, "Verify your address first");
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
      title="Verify your address first"
      description={
        <p>
          We have mailed a link to <LtrText className="font-medium text-ink">{form.email}</LtrText>. Open it in this
          browser, and you go on from here.
        </p>
      }
      footer={
        <p>
          Is it verified? <TextLink href={screenPath(app, "signin", id)}>Sign in</TextLink>
        </p>
      }
    >
      {flash && (
        <Alert tone={flash.ok ? "success" : "danger"} role={flash.ok ? "status" : "alert"} className="mb-5">
          {flash.message}
        </Alert>
      )}
      <PostForm app={app} path="verify/resend" hidden={{ interaction: id }} className="grid gap-3">
        <p className="text-sm text-ink-muted">Nothing came? Look into the spam folder, or have it sent once more.</p>
        <Button type="submit" variant="secondary" size="lg">
          Send the mail again
        </Button>
      </PostForm>
    </PageCard>
  );
}
