// Overview of an App: what it is, and how its backend talks to it.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_edge/dashboard-session";
import { Card } from "@/app/_ui/card";
import { PageHeader } from "@/app/_ui/page-header";
import { TextLink } from "@/app/_ui/text-link";
import { countUsers, findFirstRequest, MANY_USERS } from "@/lib/apps/dashboard";
import { type AppPageProps, appPath } from "./app-paths";
import { Addresses } from "./overview/addresses";
import { FirstRequest } from "./overview/first-request";
import { Quickstart } from "./overview/quickstart";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const path = appPath(app_id);
  const { app } = await requireMembership(app_id, path);
  const [users, firstRequest] = await Promise.all([countUsers(app.id), findFirstRequest(app.id)]);

  return (
    <>
      <PageHeader title="Overview" />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Quickstart app={app}>
          <FirstRequest at={firstRequest} usersPath={`${path}/users`} />
        </Quickstart>
        <div className="grid gap-6">
          <Card title="Users">
            <p className="text-3xl font-medium tabular-nums">{spokenCount(users)}</p>
            <p className="mt-2 text-sm">
              <TextLink href={`${path}/users`}>{users === 0 ? "Add the first one" : "See all"}</TextLink>
            </p>
          </Card>
          <Card title="Ids and addresses">
            <Addresses app={app} />
          </Card>
        </div>
      </div>
    </>
  );
}

function spokenCount(count: number): string {
  const spoken = count.toLocaleString("en");
  return count >= MANY_USERS ? `${spoken}+` : spoken;
}
