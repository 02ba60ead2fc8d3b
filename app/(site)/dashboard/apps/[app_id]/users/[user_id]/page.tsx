// User page: first what admins come for (actions, sessions, events, applications), then profile and metadata.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { requireMembership } from "@/app/_server/dashboard-session";
import { Card } from "@/app/_ui/card";
import { IdChip } from "@/app/_ui/id-chip";
import { PageHeader } from "@/app/_ui/page-header";
import { Skeleton } from "@/app/_ui/skeleton";
import { includesRole } from "@/lib/apps/members";
import { isAppError } from "@/lib/errors";
import { listFactors } from "@/lib/factors/factor";
import { countRecoveryCodes } from "@/lib/factors/recovery-codes";
import { listConnectedApps } from "@/lib/oauth/consent";
import { listSessions } from "@/lib/sessions/list";
import { listLinkedAccounts } from "@/lib/social/identities";
import { getUser } from "@/lib/users/get-user";
import { type FullUser, managedUserView } from "@/lib/users/user-views";
import { type AppPageProps, appPath } from "../../app-paths";
import { DETAIL_LAYOUT } from "../../detail-layout";
import { StatusBadge, VerifiedBadge } from "../user-table";
import { Activity } from "./activity";
import { ConnectedApplicationsCard } from "./connected-applications-card";
import { FactorsCard } from "./factors-card";
import { IdentitiesCard } from "./identities-card";
import { MetadataCard } from "./metadata-card";
import { PasswordCard } from "./password-card";
import { ProfileCard } from "./profile-card";
import { SessionsCard } from "./sessions-card";
import { UserActions } from "./user-actions";
import { UserDangerZone } from "./user-danger-zone";
import { UserDates } from "./user-dates";

export const metadata: Metadata = { title: "User" };

async function findUser(appId: string, userId: string): Promise<FullUser> {
  try {
    return await getUser(appId, userId);
  } catch (error) {
    if (isAppError(error) && error.status === 404) notFound();
    throw error;
  }
}

export default async function UserPage({ params }: AppPageProps<{ app_id: string; user_id: string }>) {
  const { app_id, user_id } = await params;
  const users = appPath(app_id, "/users");
  const { app, role } = await requireMembership(app_id, `${users}/${user_id}`);
  const user = managedUserView(await findUser(app.id, user_id));
  const [sessions, accounts, connected, factors, codesLeft] = await Promise.all([
    listSessions(app.id, user.id),
    listLinkedAccounts(app.id, user.id),
    listConnectedApps(app.id, user.id),
    listFactors(app.id, user.id),
    countRecoveryCodes(app.id, user.id),
  ]);
  const readOnly = !includesRole(role, "admin");
  const shared = { user, readOnly, hidden: { app_id: app.id, user_id: user.id } };

  return (
    <>
      <PageHeader
        title={user.name ?? user.email ?? user.id}
        breadcrumb={[{ href: users, label: "Users" }]}
        description={
          <span className="flex flex-wrap items-center gap-x-2.5 gap-y-2 text-sm">
            <IdChip id={user.id} what="User ID" />
            <VerifiedBadge verified={user.email_verified} />
            <StatusBadge disabled={user.disabled} />
          </span>
        }
        actions={
          !readOnly && <UserActions {...shared} methods={app.settings.methods} hasSessions={sessions.length > 0} />
        }
      />
      <div className={DETAIL_LAYOUT}>
        <div className="grid gap-6">
          <SessionsCard {...shared} sessions={sessions} />
          <Card title="Recent events">
            <Suspense fallback={<Skeleton className="h-40 w-full" />}>
              <Activity appId={app.id} userId={user.id} />
            </Suspense>
          </Card>
          <ConnectedApplicationsCard {...shared} connected={connected} />
          <ProfileCard {...shared} />
          <MetadataCard {...shared} />
        </div>
        <div className="grid gap-6 lg:row-span-2">
          <UserDates user={user} />
          <FactorsCard {...shared} factors={factors} codesLeft={codesLeft} />
          <IdentitiesCard {...shared} accounts={accounts} />
          {!readOnly && <PasswordCard {...shared} minimumBytes={app.settings.password_minimum_bytes} />}
        </div>
        {!readOnly && <UserDangerZone {...shared} users={users} />}
      </div>
    </>
  );
}
