// Page to create a client: first its type, then its name, redirect URIs and scopes.
import { AppWindow, Bot, Server, Smartphone } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { requireMembership } from "@/app/_server/dashboard-session";
import { PageHeader } from "@/app/_ui/page-header";
import { TextLink } from "@/app/_ui/text-link";
import { includesRole } from "@/lib/apps/members";
import { listScopes, USER_SCOPES } from "@/lib/oauth/scopes/scopes";
import { type AppPageProps, appPath } from "../../app-paths";
import { ScopeList } from "../scope-list";
import { CLIENT_TYPES, type ClientType, typeOf } from "../types";
import { NewClientForm } from "./new-client-form";

export const metadata: Metadata = { title: "Create client" };

const ICONS = { web: Server, spa: AppWindow, native: Smartphone, machine: Bot };

export default async function NewClientPage({ params, searchParams }: AppPageProps) {
  const { app_id } = await params;
  const clients = appPath(app_id, "/clients");
  const { app, role } = await requireMembership(app_id, `${clients}/new`);
  if (!includesRole(role, "admin")) notFound();
  const type = typeOf((await searchParams).type);
  if (!type) return <TypeChoice clients={clients} />;
  return (
    <div className="max-w-3xl">
      <NewClientForm key={type.id} appId={app.id} issuer={app.issuer} type={type} clients={clients}>
        <ScopeChoice type={type} appId={app.id} />
      </NewClientForm>
    </div>
  );
}

function TypeChoice({ clients }: { clients: string }) {
  return (
    <>
      <PageHeader
        title="Choose a client type"
        description="The type determines secure defaults. You can’t change later whether the client has a secret."
        breadcrumb={[{ href: clients, label: "Clients" }]}
      />
      <ul className="grid gap-4 sm:grid-cols-2">
        {CLIENT_TYPES.map(({ id, title, description, consequences }) => {
          const Icon = ICONS[id];
          return (
            <li
              key={id}
              className="group relative grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 rounded-lg border border-line bg-surface-raised p-6 shadow-sm transition-colors focus-within:border-line-strong hover:border-line-strong"
            >
              <Icon
                aria-hidden="true"
                className="mt-0.5 size-5.5 text-ink-muted group-hover:text-accent"
                strokeWidth={1.5}
              />
              <div>
                <h2 className="text-base font-semibold">
                  <Link
                    href={`${clients}/new?type=${id}`}
                    prefetch={false}
                    className="rounded-sm group-hover:text-accent after:absolute after:inset-0 after:rounded-lg"
                  >
                    {title}
                  </Link>
                </h2>
                <p className="mt-1.5 text-sm">{description}</p>
                <p className="mt-3 text-sm text-ink-muted">{consequences}</p>
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** A client that acts for itself can't use scopes about a user. */
async function ScopeChoice({ type, appId }: { type: ClientType; appId: string }) {
  const known = [...(await listScopes(appId)).values()];
  const offered = type.id === "machine" ? known.filter(({ name }) => !USER_SCOPES.has(name)) : known;
  if (offered.length > 0) return <ScopeList label="Scopes" known={offered} checked={type.scopes} />;
  return (
    <p className="text-sm text-ink-muted">
      This app has no custom scopes, so tokens only identify the client.{" "}
      <TextLink href={appPath(appId, "/scopes")}>Create scopes</TextLink> for your API. You can allow them to the client
      later.
    </p>
  );
}
