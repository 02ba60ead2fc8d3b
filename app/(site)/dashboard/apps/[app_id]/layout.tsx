// Frame of an app's pages: its navigation. Each page checks the membership itself, too.
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { findDeveloper, requireMembership } from "@/app/_server/dashboard-session";
import { Badge } from "@/app/_ui/badge";
import { SideNav } from "@/app/_ui/side-nav";
import { type AppPageProps, appPath } from "./app-paths";
import { appNavigation } from "./navigation";

type AppLayoutProps = Pick<AppPageProps, "params"> & { children: ReactNode };

/** Doesn't throw, so that a missing app has a title, too. */
export async function generateMetadata({ params }: Pick<AppLayoutProps, "params">): Promise<Metadata> {
  const { app_id } = await params;
  const membership = (await findDeveloper()) && (await requireMembership(app_id, appPath(app_id)).catch(() => null));
  if (!membership) return { title: "Not found" };
  const { name } = membership.app;
  return { title: { template: `%s · ${name} · Foyer`, default: `${name} · Foyer` } };
}

export default async function AppLayout({ children, params }: AppLayoutProps) {
  const { app_id } = await params;
  // The page redirects to the sign-in page, which returns to it.
  if (!(await findDeveloper())) return children;
  const { app, role } = await requireMembership(app_id, appPath(app_id));

  return (
    <div className="xl:grid xl:grid-cols-[11.5rem_minmax(0,1fr)] xl:gap-x-12">
      <div className="mb-8 min-w-0 xl:mb-0">
        <div className="grid min-w-0 gap-3 xl:sticky xl:top-8 xl:gap-4">
          {role === "viewer" && (
            <p className="xl:pl-3">
              <Badge>View only</Badge>
            </p>
          )}
          <SideNav label="App" entries={appNavigation(app.id)} />
        </div>
      </div>
      <div className="min-w-0">{children}</div>
    </div>
  );
}
