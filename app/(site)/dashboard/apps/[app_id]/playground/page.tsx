// Playground page: flows against the real endpoints.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { includesRole } from "@/lib/apps/members";
import { env } from "@/lib/env";
import { listResources } from "@/lib/oauth/resources/resource";
import { type AppPageProps, appPath } from "../app-paths";
import { Playground } from "./playground";

export const metadata: Metadata = { title: "Playground" };

export default async function PlaygroundPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const path = appPath(app_id, "/playground");
  const { app, role } = await requireMembership(app_id, path);
  const resources = (await listResources(app.id)).map(({ identifier, name }) => ({ identifier, name }));
  return (
    <>
      <PageHeader
        title="Playground"
        description="Run a flow step by step, as an application does. Each step sends a real request."
      />
      {includesRole(role, "admin") ? (
        <Playground
          appId={app.id}
          issuer={app.issuer}
          redirectUri={`${env().PUBLIC_URL}${path}`}
          resources={resources}
        />
      ) : (
        <EmptyState title="Only for owners and admins">
          <p>The playground creates an application with a client secret, which your role doesn’t allow.</p>
        </EmptyState>
      )}
    </>
  );
}
