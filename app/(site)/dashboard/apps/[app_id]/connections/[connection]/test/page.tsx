// Result page of a connection test.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireMembership } from "@/app/_server/dashboard-session";
import { ButtonLink } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { includesRole } from "@/lib/apps/members";
import { findTestOutcome } from "@/lib/signin/social-test";
import { findConnection } from "@/lib/social/connections";
import { type AppPageProps, appPath } from "../../../app-paths";
import { TestButton } from "../../test-button";
import { TestResult } from "../../test-result";

export const metadata: Metadata = { title: "Connection test" };

export default async function TestPage(props: AppPageProps<{ app_id: string; connection: string }>) {
  const { app_id, connection: name } = await props.params;
  const { result } = await props.searchParams;
  const connections = appPath(app_id, "/connections");
  const { app, role, developer } = await requireMembership(app_id, `${connections}/${name}`);
  if (!includesRole(role, "admin")) notFound();
  const connection = (await findConnection(app.id, name)) ?? notFound();
  const outcome =
    typeof result === "string" && result.length <= 100
      ? await findTestOutcome(app, name, developer.userId, result)
      : null;

  return (
    <div className="max-w-3xl">
      <PageHeader
        title={`Test: ${connection.label}`}
        breadcrumb={[
          { href: connections, label: "Connections" },
          { href: `${connections}/${name}`, label: connection.label },
        ]}
        description={outcome && "A real sign-in at the provider. Foyer created and changed nothing."}
      />
      {outcome ? (
        <TestResult appId={app.id} label={connection.label} outcome={outcome} />
      ) : (
        <EmptyState title="No test result">
          <p>Results are kept for one hour and shown only to the developer who ran the test.</p>
        </EmptyState>
      )}
      <div className="mt-8 flex flex-wrap items-start gap-3">
        <TestButton appId={app.id} name={name} label={connection.label} again />
        <ButtonLink variant="quiet" href={`${connections}/${name}`} prefetch={false}>
          Back to connection
        </ButtonLink>
      </div>
    </div>
  );
}
