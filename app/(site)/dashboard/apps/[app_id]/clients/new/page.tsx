// Page to create an application: whose it is, then its type, then its name, redirect URIs and scopes.
import { AppWindow, Bot, Handshake, House, Server, Smartphone, Tv } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireMembership } from "@/app/_server/dashboard-session";
import { PageHeader } from "@/app/_ui/page-header";
import { TextLink } from "@/app/_ui/text-link";
import { includesRole } from "@/lib/apps/members";
import { listScopes, USER_SCOPES } from "@/lib/oauth/scopes/scopes";
import { type AppPageProps, appPath } from "../../app-paths";
import { OWNERS, type Owner, ownerOf } from "../owners";
import { ScopeList } from "../scope-list";
import { CLIENT_TYPES, type ClientType, typeOf } from "../types";
import { ChoiceList } from "./choice-list";
import { NewClientForm } from "./new-client-form";

export const metadata: Metadata = { title: "Create application" };

const TYPE_ICONS = { web: Server, spa: AppWindow, native: Smartphone, device: Tv, machine: Bot };
const OWNER_ICONS = { own: House, third_party: Handshake };

export default async function NewClientPage({ params, searchParams }: AppPageProps) {
  const { app_id } = await params;
  const clients = appPath(app_id, "/clients");
  const { app, role } = await requireMembership(app_id, `${clients}/new`);
  if (!includesRole(role, "admin")) notFound();
  const search = await searchParams;
  const owner = ownerOf(search.owner);
  const type = typeOf(search.type);
  if (!owner) return <OwnerChoice clients={clients} />;
  if (!type) return <TypeChoice clients={clients} owner={owner} />;
  return (
    <div className="max-w-3xl">
      <NewClientForm key={type.id} appId={app.id} issuer={app.issuer} owner={owner} type={type} clients={clients}>
        <ScopeChoice type={type} appId={app.id} />
      </NewClientForm>
    </div>
  );
}

function OwnerChoice({ clients }: { clients: string }) {
  return (
    <>
      <PageHeader
        title="Is this application yours or a third party’s?"
        description="The answer decides whether users are asked for consent. You can change it later."
        breadcrumb={[{ href: clients, label: "Applications" }]}
      />
      <ChoiceList
        choices={OWNERS.map((owner) => ({
          ...owner,
          href: `${clients}/new?owner=${owner.id}`,
          Icon: OWNER_ICONS[owner.id],
        }))}
      />
    </>
  );
}

function TypeChoice({ clients, owner }: { clients: string; owner: Owner }) {
  return (
    <>
      <PageHeader
        title="What kind of application is it?"
        description="The kind determines secure defaults. You can’t change later whether the application has a client secret."
        breadcrumb={[
          { href: clients, label: "Applications" },
          { href: `${clients}/new`, label: owner.title },
        ]}
      />
      <ChoiceList
        choices={CLIENT_TYPES.map((type) => ({
          ...type,
          href: `${clients}/new?owner=${owner.id}&type=${type.id}`,
          Icon: TYPE_ICONS[type.id],
        }))}
      />
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
      This app has no custom scopes, so tokens only identify the application.{" "}
      <TextLink href={appPath(appId, "/scopes")}>Create scopes</TextLink> for your API. You can allow them to the
      application later.
    </p>
  );
}
