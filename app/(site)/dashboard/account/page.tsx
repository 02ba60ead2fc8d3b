// Account page of the developer: profile, email address, password, sessions and deletion.
import type { Metadata } from "next";
import { requireDeveloper } from "@/app/_server/dashboard-session";
import { ButtonLink } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { DangerCard } from "@/app/_ui/danger-card";
import { PageHeader } from "@/app/_ui/page-header";
import { getApp } from "@/lib/apps/apps";
import { TENANT_ZERO } from "@/lib/ids";
import { listSessions } from "@/lib/sessions/list";
import { isFirstDeveloper } from "@/lib/users/developers";
import { getUser } from "@/lib/users/get-user";
import { EmailCard } from "./email-card";
import { PasswordForm } from "./password-form";
import { ProfileForm } from "./profile-form";
import { SessionList, SignOutOtherSessions } from "./session-list";
import { SignUpsCard } from "./sign-ups-card";

export const metadata: Metadata = { title: "Account" };

const DELETION = {
  title: "Delete account",
  description:
    "You leave all apps. Before you can delete your account, every app you own needs another owner or must be deleted.",
  action: (
    <ButtonLink href="/dashboard/account/delete" prefetch={false} variant="secondary" className="text-danger!">
      Delete account…
    </ButtonLink>
  ),
};

export default async function AccountPage() {
  const developer = await requireDeveloper("/dashboard/account");
  const [foyer, sessions, user, isFirst] = await Promise.all([
    getApp(TENANT_ZERO),
    listSessions(TENANT_ZERO, developer.userId),
    getUser(TENANT_ZERO, developer.userId),
    isFirstDeveloper(developer.userId),
  ]);

  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title="Account" description={developer.email} />
      <div className="grid gap-6">
        <Card title="Profile">
          <ProfileForm name={developer.name} />
        </Card>
        <EmailCard verified={user.emailVerifiedAt !== null} />
        <Card title="Password" description="Changing your password signs you out of all other sessions.">
          <PasswordForm email={developer.email} minimumBytes={foyer.settings.password_minimum_bytes} />
        </Card>
        <Card
          title="Second factors"
          description="An authenticator app, passkeys and recovery codes."
          actions={
            <ButtonLink href="/dashboard/account/security" prefetch={false} variant="secondary" size="sm">
              Open security
            </ButtonLink>
          }
        >
          <p className="text-sm text-ink-muted">
            {user.factors.length > 0
              ? "Your sign-ins are protected by more than a password."
              : "You sign in with your password alone. A second factor protects your apps if it leaks."}
          </p>
        </Card>
        <Card
          title="Sessions"
          description="Devices where you’re signed in. Sign out any session that you don’t recognize."
          actions={sessions.length > 1 && <SignOutOtherSessions />}
        >
          <SessionList sessions={sessions} currentId={developer.sessionId} />
        </Card>
        {isFirst && <SignUpsCard signups={foyer.settings.signups} />}
        <DangerCard items={[DELETION]} />
      </div>
    </div>
  );
}
