// Around the pages of an App: its name and its rooms. Whether somebody may see them is checked by each page as well.
import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { findDeveloper, requireMembership } from "@/app/_edge/dashboard-session";
import { Badge } from "@/app/_ui/badge";
import { Nav } from "@/app/_ui/nav";
import { type AppPageProps, appPath } from "./app-paths";

type AppLayoutProps = Pick<AppPageProps, "params"> & { children: ReactNode };

/** Does not throw: what the page and the layout find missing has a title, too. */
export async function generateMetadata({ params }: Pick<AppLayoutProps, "params">): Promise<Metadata> {
  const { app_id } = await params;
  const membership = (await findDeveloper()) && (await requireMembership(app_id, appPath(app_id)).catch(() => null));
  if (!membership) return { title: "Not found" };
  const { name } = membership.app;
  return { title: { template: `%s · ${name} · Foyer`, default: `${name} · Foyer` } };
}

export default async function AppLayout({ children, params }: AppLayoutProps) {
  const { app_id } = await params;
  // The page sends them to the login, and from there back to itself.
  if (!(await findDeveloper())) return children;
  const { app, role } = await requireMembership(app_id, appPath(app_id));

  return (
    <>
      <div className="mb-10 border-b border-line">
        <div className="flex items-center gap-3">
          <Link
            href={appPath(app.id)}
            prefetch={false}
            dir="auto"
            title={app.name}
            className="min-w-0 truncate rounded-sm text-lg font-semibold hover:text-accent"
          >
            {app.name}
          </Link>
          {role === "viewer" && <Badge>View only</Badge>}
        </div>
        <div className="mt-2 -ml-3">
          <Nav
            label="App"
            items={[
              { href: appPath(app.id), label: "Overview", exact: true },
              { href: appPath(app.id, "/users"), label: "Users" },
              { href: appPath(app.id, "/events"), label: "Events" },
              { href: appPath(app.id, "/methods"), label: "Sign-in methods" },
              { href: appPath(app.id, "/mails"), label: "Mails" },
              { href: appPath(app.id, "/playground"), label: "Playground" },
              { href: appPath(app.id, "/branding"), label: "Branding" },
              { href: appPath(app.id, "/keys"), label: "API keys" },
              { href: appPath(app.id, "/settings"), label: "Settings" },
            ]}
          />
        </div>
      </div>
      {children}
    </>
  );
}
