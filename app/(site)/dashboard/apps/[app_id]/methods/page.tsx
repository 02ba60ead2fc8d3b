// Sign-in methods of an app, and who may sign up.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { PageHeader } from "@/app/_ui/page-header";
import { hasBotCheckSecret } from "@/lib/apps/bot-check-secret";
import { includesRole } from "@/lib/apps/members";
import { type AppPageProps, appPath } from "../app-paths";
import { BotCheckCard } from "./bot-check-card";
import { EmailCodesCard } from "./email-codes-card";
import { MagicLinksCard } from "./magic-links-card";
import { NotificationsCard } from "./notifications-card";
import { PasswordsCard } from "./passwords-card";
import { RedirectDeliveryCard } from "./redirect-delivery-card";
import { SignUpCard } from "./sign-up-card";

export const metadata: Metadata = { title: "Sign-in methods" };

export default async function MethodsPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/methods"));
  const shared = {
    settings: app.settings,
    hidden: { app_id: app.id },
    readOnly: !includesRole(role, "admin"),
    success: "Settings saved",
    beside: true,
  };

  return (
    <>
      <PageHeader
        title="Sign-in methods"
        description="How users sign up and sign in, on your own pages and on Foyer’s hosted pages."
      />
      <div className="grid gap-8">
        <SignUpCard {...shared} />
        <PasswordsCard {...shared} />
        <MagicLinksCard {...shared} mailbox={appPath(app.id, "/mails")} />
        <EmailCodesCard {...shared} />
        <BotCheckCard {...shared} hasSecret={await hasBotCheckSecret(app.id)} />
        <NotificationsCard {...shared} />
        <RedirectDeliveryCard {...shared} appName={app.name} settingsPath={appPath(app.id, "/settings")} />
      </div>
    </>
  );
}
