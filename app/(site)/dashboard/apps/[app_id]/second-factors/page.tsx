// Second factors and passkeys of an app: the policy, and how many users have one.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { PageHeader } from "@/app/_ui/page-header";
import { includesRole } from "@/lib/apps/members";
import { env } from "@/lib/env";
import { countFactors } from "@/lib/users/factor-adoption";
import { type AppPageProps, appPath } from "../app-paths";
import { AdoptionCard } from "./adoption-card";
import { PasskeysCard } from "./passkeys-card";
import { PolicyCard } from "./policy-card";

export const metadata: Metadata = { title: "Second factors" };

export default async function SecondFactorsPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/second-factors"));
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
        title="Second factors"
        description="How users confirm that it’s them. Until then, they get no cookie, token or code, whatever the sign-in method."
      />
      <div className="grid gap-8">
        <PolicyCard {...shared} />
        <PasskeysCard {...shared} host={new URL(env().PUBLIC_URL).hostname} />
        <div className="lg:pl-74">
          <AdoptionCard adoption={await countFactors(app.id)} usersPath={appPath(app.id, "/users")} />
        </div>
      </div>
    </>
  );
}
