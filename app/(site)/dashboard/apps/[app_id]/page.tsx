// Overview of an app: the quickstart for a new app, later its activity and what needs attention.
import { BookOpen } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { requireMembership } from "@/app/_server/dashboard-session";
import { ButtonLink } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { PageHeader } from "@/app/_ui/page-header";
import { Skeleton } from "@/app/_ui/skeleton";
import type { App } from "@/lib/apps/apps";
import { isNewApp } from "@/lib/apps/first-sign-in";
import { type AppPageProps, appPath } from "./app-paths";
import { ActiveUsersCard } from "./overview/active-users-card";
import { PERIODS, type PeriodName } from "./overview/activity";
import { ActivityPlots } from "./overview/activity-plots";
import { AttentionCard } from "./overview/attention-card";
import { Checklist } from "./overview/checklist";
import { Identifiers } from "./overview/identifiers";
import { PeriodSwitch } from "./overview/period-switch";
import { Quickstart } from "./overview/quickstart";
import { UsersCard } from "./overview/users-card";

export const metadata: Metadata = { title: "Home" };

function periodOf(over: unknown): PeriodName {
  return typeof over === "string" && Object.hasOwn(PERIODS, over) ? (over as PeriodName) : "month";
}

export default async function OverviewPage({ params, searchParams }: AppPageProps) {
  const { app_id } = await params;
  const path = appPath(app_id);
  const { app, developer } = await requireMembership(app_id, path);
  const period = periodOf((await searchParams).over);
  if (await isNewApp(app.id)) return <NewAppOverview app={app} path={path} developerId={developer.userId} />;
  return <ActivityOverview app={app} path={path} period={period} />;
}

function NewAppOverview({ app, path, developerId }: { app: App; path: string; developerId: string }) {
  return (
    <>
      <PageHeader title="Home" />
      <div className="grid items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Quickstart app={app} />
        <div className="grid gap-6 max-lg:order-first">
          <Checklist app={app} developerId={developerId} />
          <UsersCard appId={app.id} path={`${path}/users`} />
          <Card title="IDs and endpoints">
            <Identifiers app={app} />
          </Card>
        </div>
      </div>
    </>
  );
}

function ActivityOverview({ app, path, period }: { app: App; path: string; period: PeriodName }) {
  return (
    <>
      <PageHeader
        title="Home"
        actions={
          <>
            <PeriodSwitch path={path} selected={period} />
            <ButtonLink variant="secondary" href={`${path}/quickstart`} prefetch={false}>
              <BookOpen aria-hidden="true" className="size-4" strokeWidth={1.75} />
              Quickstart
            </ButtonLink>
          </>
        }
      />
      <div className="grid gap-6">
        <Suspense fallback={<Skeleton className="h-24 w-full" />}>
          <AttentionCard app={app} />
        </Suspense>
        <Suspense fallback={<Skeleton className="h-28 w-full" />}>
          <ActiveUsersCard appId={app.id} />
        </Suspense>
        <Suspense fallback={<Skeleton className="h-[40rem] w-full" />}>
          <ActivityPlots appId={app.id} periodName={period} />
        </Suspense>
        <p className="-mt-2 text-right text-xs text-ink-muted">Days and hours are in UTC.</p>
        <div className="grid gap-6 lg:grid-cols-2">
          <UsersCard appId={app.id} path={`${path}/users`} />
          <Card title="IDs and endpoints">
            <Identifiers app={app} />
          </Card>
        </div>
      </div>
    </>
  );
}
