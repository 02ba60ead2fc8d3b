// The quickstart, for an App that has outgrown having it on its overview.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { PageHeader } from "@/app/_ui/page-header";
import { type AppPageProps, appPath } from "../app-paths";
import { Quickstart } from "../overview/quickstart";

export const metadata: Metadata = { title: "Quickstart" };

export default async function QuickstartPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app } = await requireMembership(app_id, appPath(app_id, "/quickstart"));
  return (
    <div className="max-w-3xl">
      <PageHeader
        title="Quickstart"
        breadcrumb={[{ href: appPath(app.id), label: "Overview" }]}
        description="Paste and run: the values are those of this App."
      />
      <Quickstart app={app} bare />
    </div>
  );
}
