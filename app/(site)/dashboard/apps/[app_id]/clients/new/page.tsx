// A new client: first what it is, then its name and where it comes back to.
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { requireMembership } from "@/app/_edge/dashboard-session";
import { PageHeader } from "@/app/_ui/page-header";
import { includesRole } from "@/lib/apps/members";
import { type AppPageProps, appPath } from "../../app-paths";
import { CLIENT_TYPES, typeOf } from "../types";
import { NewClientForm } from "./new-client-form";

export const metadata: Metadata = { title: "New client" };

export default async function NewClientPage({ params, searchParams }: AppPageProps) {
  const { app_id } = await params;
  const clients = appPath(app_id, "/clients");
  const { app, role } = await requireMembership(app_id, `${clients}/new`);
  if (!includesRole(role, "admin")) notFound();
  const type = typeOf((await searchParams).type);
  const breadcrumb = [
    { href: clients, label: "Clients" },
    ...(type ? [{ href: `${clients}/new`, label: "New client" }] : []),
  ];
  if (type)
    return (
      <div className="max-w-2xl">
        <PageHeader title={type.title} description={type.about} breadcrumb={breadcrumb} />
        <NewClientForm appId={app.id} issuer={app.issuer} type={type} clients={clients} />
      </div>
    );
  return (
    <>
      <PageHeader
        title="What is it?"
        description="The answer chooses safe settings. Whether it has a secret stays; the rest can be changed later."
        breadcrumb={breadcrumb}
      />
      <ul className="grid gap-4 sm:grid-cols-2">
        {CLIENT_TYPES.map(({ id, title, about, means }) => (
          <li
            key={id}
            className="relative rounded-lg border border-line bg-surface-raised p-6 shadow-sm transition-colors hover:border-line-strong hover:bg-surface-sunken"
          >
            <h2 className="text-base font-semibold">
              <Link
                href={`${clients}/new?type=${id}`}
                prefetch={false}
                className="rounded-sm after:absolute after:inset-0"
              >
                {title}
              </Link>
            </h2>
            <p className="mt-1.5 text-sm">{about}</p>
            <p className="mt-3 text-sm text-ink-muted">{means}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
