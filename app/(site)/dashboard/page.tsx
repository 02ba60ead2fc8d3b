// The developer's Apps.
import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { requireDeveloper } from "@/app/_server/dashboard-session";
import { ButtonLink } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { listAppsOf } from "@/lib/apps/dashboard";
import { AppTile } from "./app-tile";

export const metadata: Metadata = { title: "Your Apps" };

export default async function AppsPage() {
  const { userId } = await requireDeveloper("/dashboard");
  const apps = await listAppsOf(userId);

  if (apps.length === 0) {
    return (
      <>
        <PageHeader title="Your Apps" />
        <EmptyState title="No App yet" action={<CreateLink />}>
          <p>
            An App is a front door of your own: it has its users, its keys and its issuer, apart from every other.
            Create one for each product, or one for trying and one for real.
          </p>
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader title="Your Apps" actions={<CreateLink />} />
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {apps.map((app) => (
          <AppTile key={app.id} app={app} />
        ))}
      </ul>
    </>
  );
}

function CreateLink() {
  return (
    <ButtonLink href="/dashboard/new" prefetch={false}>
      <Plus aria-hidden="true" className="size-4" />
      Create an App
    </ButtonLink>
  );
}
