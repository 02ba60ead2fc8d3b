// Sessions and access tokens of an app: how long they last.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { PageHeader } from "@/app/_ui/page-header";
import { TextLink } from "@/app/_ui/text-link";
import { includesRole } from "@/lib/apps/members";
import { type AppPageProps, appPath } from "../app-paths";
import { SettingsForm } from "../settings/settings-form";
import { AccessTokensSection } from "./access-tokens-section";
import { saveSessionsAction } from "./actions";
import { LifetimesSection } from "./lifetimes-section";

export const metadata: Metadata = { title: "Sessions" };

export default async function SessionsPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/sessions"));
  return (
    <>
      <PageHeader
        title="Sessions"
        description={
          <>
            How long users stay signed in, and the access tokens of your own sign-ins. Applications can have lifetimes
            of their own. <TextLink href="/docs/verifying-tokens">About access tokens</TextLink>
          </>
        }
      />
      <SettingsForm appId={app.id} label="Sessions" action={saveSessionsAction} readOnly={!includesRole(role, "admin")}>
        <LifetimesSection settings={app.settings} />
        <AccessTokensSection settings={app.settings} />
      </SettingsForm>
    </>
  );
}
