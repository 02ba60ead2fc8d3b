// API keys of an app: create, list and revoke.
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
  const canEdit = includesRole(role, "admin");
  const keys = await listApiKeys(app.id);
  const active = keys.filter((key) => !key.revoked_at);
  const revoked = keys.filter((key) => key.revoked_at);

  return (
    <>
      <PageHeader
        title="API keys"
        description="Secret keys for calls from your backend. Anyone who has a key has full access to this app."
      />
      <div className="grid gap-8">
        {canEdit && (
          <Card title="Create key">
            <CreateKey appId={app.id} />
          </Card>
        )}
        {active.length > 0 ? (
          <KeyTable caption="API keys" keys={active} appId={app.id} canRevoke={canEdit} />
        ) : (
          <EmptyState title="No active keys">
            <p>
              Your backend needs a key to call the API.{" "}
              {canEdit ? "Create a key above." : "An owner or admin can create a key."}
            </p>
          </EmptyState>
        )}
        {revoked.length > 0 && (
          <section aria-labelledby="revoked">
            <h2 id="revoked" className="mb-3 text-base font-semibold">
              Revoked
            </h2>
            <KeyTable caption="Revoked keys" keys={revoked} appId={app.id} canRevoke={false} />
          </section>
        )}
      </div>
    </>
  );
}
