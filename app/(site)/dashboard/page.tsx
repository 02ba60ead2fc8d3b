// List of the developer's apps.
import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { requireDeveloper } from "@/app/_server/dashboard-session";
import { ButtonLink } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { listAppsOfDeveloper } from "@/lib/apps/members";
import { AppTile } from "./app-tile";

export const metadata: Metadata = { title: "Your apps" };

export default async function AppsPage() {
  const { userId } = await requireDeveloper("/dashboard");
  const apps = await listAppsOfDeveloper(userId);

  if (apps.length === 0) {
    return (
      <>
        <PageHeader title="Your apps" />
        <EmptyState title="No apps yet" action={<CreateLink />}>
          <p>
            An app has its own users, keys and issuer, isolated from all other apps. Create one for each product, or
            separate apps for development and production.
          </p>
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader title="Your apps" actions={<CreateLink />} />
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
      Create app
    </ButtonLink>
  );
}
