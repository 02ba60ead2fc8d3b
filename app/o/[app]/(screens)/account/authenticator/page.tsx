// Adds an authenticator app to the account of a signed-in user, or replaces the one there is.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { requireAccount } from "@/app/_server/hosted";
import { CodeField } from "@/app/_ui/code-field";
import { TextLink } from "@/app/_ui/text-link";
import { findApp } from "@/lib/apps/apps";
import { missingForChange } from "@/lib/factors/fresh";
import { stepUpUrl } from "@/lib/hosted/second-factor/step-up";
import { AuthenticatorSecret } from "../../authenticator";
import { BrandButton, PostForm } from "../../form";
import { PageCard } from "../../page-card";
import { screenPath } from "../../screen";

type AuthenticatorProps = { params: Promise<{ app: string }> };

export async function generateMetadata({ params }: AuthenticatorProps): Promise<Metadata> {
  const app = await findApp((await params).app);
  return { title: { absolute: app ? `Add your authenticator app · ${app.name}` : "Not found" } };
}

export default async function AuthenticatorPage({ params }: AuthenticatorProps) {
  const { app, session, flash } = await requireAccount((await params).app, "account/authenticator");
  const { mfa, mfa_methods: methods } = app.settings;
  if (mfa === "off" || !methods.includes("totp")) redirect(screenPath(app, "account"));
  // Before the user scans anything.
  const isMissing = await missingForChange(app, { userId: session.userId, sessionId: session.id });
  if (isMissing) redirect(stepUpUrl(app, "account/authenticator"));
  const replaces = session.factors.includes("totp");
  return (
    <PageCard
      app={app}
      title={replaces ? "Replace your authenticator app" : "Add your authenticator app"}
      description={replaces && <p>The app that you use now stops working once you confirm the new one.</p>}
      footer={
        <p>
          <TextLink href={screenPath(app, "account")}>Cancel</TextLink>
        </p>
      }
    >
      <AuthenticatorSecret app={app} user={{ id: session.userId, email: session.email }} />
      <PostForm app={app} path="account/authenticator" className="mt-4 grid gap-5">
        <CodeField problem={flash && !flash.ok ? (flash.fields?.code ?? flash.message) : undefined} />
        <BrandButton className="w-full">{replaces ? "Replace authenticator app" : "Add authenticator app"}</BrandButton>
      </PostForm>
    </PageCard>
  );
}
