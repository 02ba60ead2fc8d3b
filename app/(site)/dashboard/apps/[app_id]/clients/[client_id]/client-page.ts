/** Data of a client's pages: the app, the client and the developer's permissions. */
import { notFound } from "next/navigation";
import { requireMembership } from "@/app/_server/dashboard-session";
import type { App } from "@/lib/apps/apps";
import { includesRole } from "@/lib/apps/members";
import { type Client, findClient } from "@/lib/oauth/clients/clients";
import type { AppPageProps } from "../../app-paths";
import { clientIdOf, clientPath } from "../client-path";

export type ClientPageProps = AppPageProps<{ app_id: string; client_id: string }>;

export interface ClientPage {
  app: App;
  client: Client;
  readOnly: boolean;
  hidden: { app_id: string; client_id: string };
}

/** 404 for an unknown client and for a client of another app. */
export async function requireClient({ params }: Pick<ClientPageProps, "params">, page = ""): Promise<ClientPage> {
  const { app_id, client_id: slug } = await params;
  const client_id = clientIdOf(slug);
  const { app, role } = await requireMembership(app_id, clientPath(app_id, client_id, page));
  const client = (await findClient(app.id, client_id)) ?? notFound();
  return { app, client, readOnly: !includesRole(role, "admin"), hidden: { app_id: app.id, client_id } };
}
