// Settings of an app. Each card is saved separately.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { PageHeader } from "@/app/_ui/page-header";
import { includesRole } from "@/lib/apps/members";
import { type AppPageProps, appPath } from "../app-paths";
import { AccessTokensCard } from "./access-tokens-card";
import { AuditTrailCard, NameCard, ReturnUrlsCard } from "./cards";
import { DangerZone } from "./danger-zone";
import { LifetimesCard } from "./lifetimes-card";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/settings"));
  const form = {
    hidden: { app_id: app.id },
    readOnly: !includesRole(role, "admin"),
    success: "Settings saved",
    beside: true,
  };
  const shared = { ...form, settings: app.settings };
  const readOnlyHint = "You can view these settings. Only owners and admins can change them.";

  return (
    <>
      <PageHeader title="Settings" description={form.readOnly ? readOnlyHint : undefined} />
      <div className="grid gap-8">
        <NameCard {...form} name={app.name} />
        <LifetimesCard {...shared} />
        <AccessTokensCard {...shared} />
        <ReturnUrlsCard {...shared} />
        <AuditTrailCard {...shared} />
        {role === "owner" && (
          <div className="lg:pl-74">
            <DangerZone app={app} />
          </div>
        )}
      </div>
    </>
  );
}
