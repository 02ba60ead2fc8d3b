// The whole of an authorization, step by step, against the real endpoints.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { includesRole } from "@/lib/apps/members";
import { env } from "@/lib/env";
import { type AppPageProps, appPath } from "../app-paths";
import { Playground } from "./playground";

export const metadata: Metadata = { title: "Playground" };

export default async function PlaygroundPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const path = appPath(app_id, "/playground");
  const { app, role } = await requireMembership(app_id, path);
  return (
    <>
      <PageHeader
        title="Playground"
        description="Walk through an authorization as a client does: each step is the real request to the real endpoint, with its answer."
      />
      {includesRole(role, "admin") ? (
        <Playground appId={app.id} issuer={app.issuer} redirectUri={`${env().PUBLIC_URL}${path}`} />
      ) : (
        <EmptyState title="For owners and admins">
          <p>The playground makes a client with a secret, so your role does not open it.</p>
        </EmptyState>
      )}
    </>
  );
}
