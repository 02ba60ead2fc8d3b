// List of the developer's apps, with their users and sign-ins. Many apps get a search field.
import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { requireDeveloper } from "@/app/_server/dashboard-session";
import { ButtonLink } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { SearchField } from "@/app/_ui/search-field";
import { TextLink } from "@/app/_ui/text-link";
import { listAppsOfDeveloper } from "@/lib/apps/members";
import { countSignIns } from "@/lib/audit/sign-in-counts";
import { countUsersOfApps } from "@/lib/users/count";
import { SEARCHED_FROM } from "./app-switcher-limit";
import { AppTile } from "./app-tile";

export const metadata: Metadata = { title: "Your apps" };

type AppsPageProps = { searchParams: Promise<{ q?: string | string[] }> };

const MOST_SHOWN = 60;
const DAYS = 30;

export default async function AppsPage({ searchParams }: AppsPageProps) {
  const { userId } = await requireDeveloper("/dashboard");
  const apps = await listAppsOfDeveloper(userId);
  const { q } = await searchParams;
  const query = typeof q === "string" ? q.trim() : "";

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
  const found = apps.filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(query.toLowerCase()));
  const shown = found.slice(0, MOST_SHOWN);
  const ids = shown.map(({ id }) => id);
  const [signIns, users] = await Promise.all([countSignIns(ids, DAYS), countUsersOfApps(ids)]);
  return (
    <>
      <PageHeader title="Your apps" actions={<CreateLink />} />
      {(apps.length > SEARCHED_FROM || query) && (
        <div className="mb-6">
          <SearchField action="/dashboard" label="Search apps" placeholder="Name or ID" query={query} />
        </div>
      )}
      {found.length === 0 && (
        <EmptyState title="No apps found" action={<TextLink href="/dashboard">Show all apps</TextLink>}>
          <p>No name or ID of your apps contains this text.</p>
        </EmptyState>
      )}
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {shown.map((app) => (
          <AppTile key={app.id} app={app} users={users.get(app.id) ?? 0} signIns={signIns.get(app.id) ?? []} />
        ))}
      </ul>
      {found.length > MOST_SHOWN && (
        <p className="mt-6 text-sm text-ink-muted">
          The newest {MOST_SHOWN} of {found.length} apps. Search to find the others.
        </p>
      )}
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
