// Frame of a client's pages: name, badges and tabs.
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { findDeveloper, requireMembership } from "@/app/_server/dashboard-session";
import { Avatar } from "@/app/_ui/avatar";
import { Badge } from "@/app/_ui/badge";
import { Breadcrumb } from "@/app/_ui/breadcrumb";
import { Nav } from "@/app/_ui/nav";
import { PageTitle } from "@/app/_ui/page-title";
import { findClient } from "@/lib/oauth/clients/clients";
import { appPath } from "../../app-paths";
import { clientIdOf, clientPath } from "../client-path";
import { typeOfClient } from "../types";
import type { ClientPageProps } from "./client-page";

export const metadata: Metadata = { title: "Application" };

type ClientLayoutProps = Pick<ClientPageProps, "params"> & { children: ReactNode };

export default async function ClientLayout({ children, params }: ClientLayoutProps) {
  const { app_id, client_id: slug } = await params;
  const client_id = clientIdOf(slug);
  const path = clientPath(app_id, client_id);
  // The page handles a missing session or client, so the layout must not fail.
  const membership = (await findDeveloper()) && (await requireMembership(app_id, path).catch(() => null));
  const client = membership && (await findClient(app_id, client_id));
  if (!client) return children;
  return (
    <>
      <header className="mb-8">
        <Breadcrumb items={[{ href: appPath(app_id, "/clients"), label: "Applications" }]} />
        <div className="flex min-w-0 items-start gap-4">
          <Avatar name={client.client_name} logoUrl={client.logo_uri} shape="square" />
          <div className="min-w-0 pt-0.75">
            <PageTitle>{client.client_name}</PageTitle>
          </div>
        </div>
        <p className="mt-2.5 flex flex-wrap gap-1.5">
          <Badge>{typeOfClient(client).title}</Badge>
          {client.public && <Badge>Public</Badge>}
          {client.first_party && <Badge tone="accent">First-party</Badge>}
          {client.source === "dcr" && <Badge>Registered dynamically</Badge>}
          {client.source === "cimd" && <Badge>Metadata document</Badge>}
          {client.resource_server && <Badge tone="accent">Resource server</Badge>}
        </p>
        <div className="mt-5 border-b border-line">
          <Nav
            label="Application"
            items={[
              { href: path, label: "Connect", exact: true },
              { href: `${path}/settings`, label: "Settings" },
              // The host of its document is the identity of such a client.
              ...(client.source === "cimd" ? [] : [{ href: `${path}/publisher`, label: "Publisher" }]),
            ]}
          />
        </div>
      </header>
      {children}
    </>
  );
}
