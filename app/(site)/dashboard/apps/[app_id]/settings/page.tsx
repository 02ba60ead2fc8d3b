// What the owner of an App decides, in groups that are saved one by one.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { FormCard } from "@/app/_ui/form-card";
import { FormField, FormTextarea } from "@/app/_ui/form-field";
import { PageHeader } from "@/app/_ui/page-header";
import { APP_NAME_LENGTH } from "@/lib/apps/apps";
import { includesRole } from "@/lib/apps/members";
import { type AppPageProps, appPath } from "../app-paths";
import { changeAuditAction, changeReturnUrlsAction, renameAppAction } from "./actions";
import { DangerZone } from "./danger-zone";
import { LifetimesCard } from "./lifetimes-card";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/settings"));
  const { settings } = app;
  const shared = {
    hidden: { app_id: app.id },
    readOnly: !includesRole(role, "admin"),
    success: "The settings are saved",
    beside: true,
  };

  return (
    <>
      <PageHeader
        title="Settings"
        description={shared.readOnly ? "Your role lets you see these; owners and admins change them." : undefined}
      />
      <div className="grid gap-8">
        <FormCard title="Name" description="What users see when they sign in." action={renameAppAction} {...shared}>
          <FormField
            label="App name"
            name="name"
            defaultValue={app.name}
            maxLength={APP_NAME_LENGTH}
            autoComplete="off"
          />
        </FormCard>
        <LifetimesCard settings={settings} {...shared} />
        <FormCard
          title="Return URLs"
          description="Where a browser may be sent back to after somebody has signed in. Anything else is refused."
          action={changeReturnUrlsAction}
          {...shared}
        >
          <FormTextarea
            label="Return URLs"
            name="return_urls"
            subject="The line"
            hint="One per line."
            placeholder="https://blog.example.com/signed-in"
            defaultValue={settings.return_urls.join("\n")}
            rows={4}
            spellCheck={false}
            dir="ltr"
          />
        </FormCard>
        <FormCard
          id="audit-trail"
          title="Audit trail"
          description="Who did what, and what was refused, is kept for so long and then removed."
          action={changeAuditAction}
          {...shared}
        >
          <div className="max-w-60">
            <FormField
              label="Days to keep"
              name="audit_retention_days"
              subject="The number of days"
              inputMode="numeric"
              autoComplete="off"
              defaultValue={String(settings.audit_retention_days)}
            />
          </div>
        </FormCard>
        {role === "owner" && (
          <div className="lg:pl-74">
            <DangerZone app={app} />
          </div>
        )}
      </div>
    </>
  );
}
