// The App's API keys: what there are, when they were used, a new one, an end to an old one.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { listApiKeys } from "@/lib/apps/api-keys";
import { includesRole } from "@/lib/apps/members";
import { type AppPageProps, appPath } from "../app-paths";
import { CreateKey } from "./create-key";
import { KeyTable } from "./key-table";

export const metadata: Metadata = { title: "API keys" };

export default async function KeysPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/keys"));
  const mayChange = includesRole(role, "admin");
  const keys = await listApiKeys(app.id);
  const live = keys.filter((key) => !key.revoked_at);
  const revoked = keys.filter((key) => key.revoked_at);

  return (
    <>
      <PageHeader
        title="API keys"
        description="Your backend shows one with every call. Whoever has it acts for this App."
      />
      <div className="grid gap-8">
        {mayChange && (
          <Card title="New key">
            <CreateKey appId={app.id} />
          </Card>
        )}
        {live.length > 0 ? (
          <KeyTable caption="API keys" keys={live} appId={app.id} mayChange={mayChange} />
        ) : (
          <EmptyState title="No key works at present">
            <p>
              {mayChange
                ? "Until there is one, no backend can talk to this App. Make one above."
                : "Until there is one, no backend can talk to this App. An owner or admin can make one."}
            </p>
          </EmptyState>
        )}
        {revoked.length > 0 && (
          <section aria-labelledby="revoked">
            <h2 id="revoked" className="mb-3 text-base font-semibold">
              Revoked
            </h2>
            <KeyTable caption="Revoked keys" keys={revoked} appId={app.id} mayChange={false} />
          </section>
        )}
      </div>
    </>
  );
}
