// Settings of an app that belong to no other page: its name, how long events are kept, its deletion.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { PageHeader } from "@/app/_ui/page-header";
import { includesRole } from "@/lib/apps/members";
import { type AppPageProps, appPath } from "../app-paths";
import { saveSettingsAction } from "./actions";
import { DangerZone } from "./danger-zone";
import { AuditTrailSection, NameSection } from "./sections";
import { SettingsForm } from "./settings-form";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/settings"));
  return (
    <>
      <PageHeader title="Settings" />
      <div className="grid gap-8">
        <SettingsForm
          appId={app.id}
          label="Settings"
          action={saveSettingsAction}
          readOnly={!includesRole(role, "admin")}
        >
          <NameSection app={app} />
          <AuditTrailSection settings={app.settings} />
        </SettingsForm>
        {role === "owner" && (
          <div className="lg:pl-74">
            <DangerZone app={app} />
          </div>
        )}
      </div>
    </>
  );
}
