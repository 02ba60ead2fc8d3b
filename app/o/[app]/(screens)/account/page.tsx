// Account page of a user: profile, sign-in methods, connected apps, sessions and data.
import type { Metadata } from "next";
import { requireAccount } from "@/app/_server/hosted";
import { Button } from "@/app/_ui/button";
import { getAccountSummary } from "@/lib/account/account-summary";
import { findApp } from "@/lib/apps/apps";
import { listFactors } from "@/lib/factors/factor";
import { countRecoveryCodes } from "@/lib/factors/recovery-codes";
import type { Flash } from "@/lib/hosted/flash";
import { listConnections } from "@/lib/oauth/connections";
import { listScopes } from "@/lib/oauth/scopes/scopes";
import { listSessions } from "@/lib/sessions/list";
import { Alert } from "../alert";
import { PostForm } from "../form";
import { LtrText } from "../isolated-text";
import { AppBrand } from "../page-card";
import { ConnectedApps } from "./connected-apps";
import { DataSection } from "./data";
import { EmailSection } from "./email";
import { SecondFactors } from "./factors";
import { PasswordForm, ProfileForm } from "./forms";
import { LinkedAccounts } from "./linked-accounts";
import { Passkeys } from "./passkey-section";
import { RememberedBrowsers } from "./remembered-browsers";
import { Section } from "./section";
import { SessionList, SignOutOthers } from "./session-list";

type AccountProps = { params: Promise<{ app: string }> };

export async function generateMetadata({ params }: AccountProps): Promise<Metadata> {
  const app = await findApp((await params).app);
  return { title: { absolute: app ? `Your account · ${app.name}` : "Not found" } };
}

export default async function AccountPage({ params }: AccountProps) {
  const { app, session, flash } = await requireAccount((await params).app, "account");
  const [facts, factors, codesLeft, sessions, connected, scopes] = await Promise.all([
    getAccountSummary(app, session),
    listFactors(app.id, session.userId),
    countRecoveryCodes(app.id, session.userId),
    listSessions(app.id, session.userId),
    listConnections(app.id, session.userId),
    listScopes(app.id),
  ]);
  return (
    <main className="mx-auto w-full max-w-3xl flex-1 px-4 pt-8 sm:px-6 sm:pt-14">
      <AppBrand app={app} />
      <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4 rounded-t-lg border border-line bg-surface-raised px-6 py-6 sm:px-9">
        <div className="min-w-0">
          <h1 className="text-2xl font-medium">Your account</h1>
          {session.email && (
            <p className="mt-1 text-sm text-ink-muted">
              <LtrText>{session.email}</LtrText>
            </p>
          )}
        </div>
        <PostForm app={app} path="account/signout">
          <Button type="submit" variant="secondary">
            Sign out
          </Button>
        </PostForm>
      </header>
      <div className="rounded-b-lg border border-t-0 border-line bg-surface-raised shadow-md">
        {flash && <FlashAlert flash={flash} />}
        <Section title="Profile">
          <ProfileForm app={app} session={session} flash={flash} />
        </Section>
        <Passkeys app={app} userId={session.userId} passkeys={factors.filter(({ type }) => type === "passkey")} />
        <SecondFactors app={app} session={session} factors={factors} codesLeft={codesLeft} />
        <RememberedBrowsers app={app} userId={session.userId} />
        <LinkedAccounts app={app} userId={session.userId} />
        <Section
          title="Email address"
          description="We’ll send a link to the new address. Nothing changes until you open it."
        >
          <EmailSection app={app} session={session} facts={facts} flash={flash} />
        </Section>
        <Section
          title="Connected apps and devices"
          description={
            connected.length > 0
              ? "These apps, agents and devices can access your account until you disconnect them."
              : undefined
          }
        >
          <ConnectedApps app={app} connected={connected} scopes={scopes} />
        </Section>
        <Section
          title="Where you’re signed in"
          description="Don’t recognize a session? Sign it out, then change your password."
          actions={sessions.length > 1 && <SignOutOthers app={app} />}
        >
          <SessionList app={app} sessions={sessions} currentId={session.id} />
        </Section>
        {app.settings.methods.password && (
          <Section
            title="Password"
            description={
              facts.hasPassword
                ? "Changing your password signs you out on all other devices."
                : "You don’t have a password yet."
            }
          >
            <PasswordForm app={app} session={session} facts={facts} flash={flash} />
          </Section>
        )}
        <Section title="Your data" description="Download a copy of your data, or delete your account.">
          <DataSection app={app} />
        </Section>
      </div>
    </main>
  );
}

function FlashAlert({ flash: { ok, message, fields } }: { flash: Flash }) {
  return (
    <div className="border-b border-line px-6 py-5 sm:px-9">
      <Alert tone={ok ? "success" : "danger"} role={ok ? "status" : "alert"}>
        {fields ? "Your changes weren’t saved. Fix the errors below." : message}
      </Alert>
    </div>
  );
}
