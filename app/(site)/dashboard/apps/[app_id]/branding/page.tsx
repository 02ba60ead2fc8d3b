// Branding of an app's hosted pages and emails.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { PageHeader } from "@/app/_ui/page-header";
import { TextLink } from "@/app/_ui/text-link";
import { includesRole } from "@/lib/apps/members";
import { type AppPageProps, appPath } from "../app-paths";
import { BrandingEditor } from "./branding-editor";

export const metadata: Metadata = { title: "Branding" };

export default async function BrandingPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/branding"));
  return (
    <>
      <PageHeader
        title="Branding"
        description={
          <>
            The logo and color of hosted pages and emails. You can change the app’s name in{" "}
            <TextLink href={appPath(app.id, "/settings")}>Settings</TextLink>.
          </>
        }
      />
      <BrandingEditor
        app={{ id: app.id, name: app.name, branding: app.settings.branding }}
        readOnly={!includesRole(role, "admin")}
      />
    </>
  );
}
