// Second factors and passkeys of an app: the policy, and how many users have one.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { PageHeader } from "@/app/_ui/page-header";
import { includesRole } from "@/lib/apps/members";
import { env } from "@/lib/env";
import { countFactors } from "@/lib/users/factor-adoption";
import { type AppPageProps, appPath } from "../app-paths";
import { SettingsForm } from "../settings/settings-form";
import { saveSecondFactorsAction } from "./actions";
import { AdoptionCard } from "./adoption-card";
import { PasskeysSection } from "./passkeys-section";
import { PolicySection } from "./policy-section";

export const metadata: Metadata = { title: "Second factors" };

export default async function SecondFactorsPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/second-factors"));
  return (
    <>
      <PageHeader
        title="Second factors"
        description="How users confirm that it’s them. Until then, they get no cookie, token or code, whatever the sign-in method."
      />
      <div className="grid gap-8">
        <SettingsForm
          appId={app.id}
          label="Second factors"
          action={saveSecondFactorsAction}
          readOnly={!includesRole(role, "admin")}
        >
          <PolicySection settings={app.settings} />
          <PasskeysSection settings={app.settings} host={new URL(env().PUBLIC_URL).hostname} />
        </SettingsForm>
        <div className="lg:pl-74">
          <AdoptionCard adoption={await countFactors(app.id)} usersPath={appPath(app.id, "/users")} />
        </div>
      </div>
    </>
  );
}
