// Quickstart page, for apps whose overview shows their activity.
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
      <PageHeader title="Quickstart" description="The examples contain the values of this app." />
      <Quickstart app={app} bare />
    </div>
  );
}
