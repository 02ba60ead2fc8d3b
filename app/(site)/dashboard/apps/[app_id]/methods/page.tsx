// Sign-in methods of an app, and who may sign up.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { PageHeader } from "@/app/_ui/page-header";
import { hasBotCheckSecret } from "@/lib/apps/bot-check-secret";
import { includesRole } from "@/lib/apps/members";
import { type AppPageProps, appPath } from "../app-paths";
import { SettingsForm } from "../settings/settings-form";
import { saveMethodsAction } from "./actions";
import { BotCheckSection } from "./bot-check-section";
import { EmailCodesSection } from "./email-codes-section";
import { MagicLinksSection } from "./magic-links-section";
import { NotificationsSection } from "./notifications-section";
import { PasswordsSection } from "./passwords-section";
import { RedirectDeliverySection } from "./redirect-delivery-section";
import { ReturnUrlsSection } from "./return-urls-section";
import { SignUpSection } from "./sign-up-section";

export const metadata: Metadata = { title: "Sign-in methods" };

export default async function MethodsPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/methods"));
  const { settings } = app;
  return (
    <>
      <PageHeader
        title="Sign-in methods"
        description="How users sign up and sign in, on your own pages and on Foyer’s hosted pages."
      />
      <SettingsForm
        appId={app.id}
        label="Sign-in methods"
        action={saveMethodsAction}
        readOnly={!includesRole(role, "admin")}
      >
        <SignUpSection settings={settings} />
        <PasswordsSection settings={settings} />
        <MagicLinksSection settings={settings} mailbox={appPath(app.id, "/mails")} />
        <EmailCodesSection settings={settings} />
        <BotCheckSection settings={settings} hasSecret={await hasBotCheckSecret(app.id)} />
        <NotificationsSection settings={settings} />
        <ReturnUrlsSection settings={settings} />
        <RedirectDeliverySection settings={settings} appName={app.name} />
      </SettingsForm>
    </>
  );
}
