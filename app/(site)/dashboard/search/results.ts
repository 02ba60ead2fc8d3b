/** Results of the dashboard's search, in groups. Everything in an app requires membership. */

import { searchDocs } from "@/app/(site)/docs/search/search";
import { listAppsOfDeveloper, requireRole } from "@/lib/apps/members";
import { EVENT_TYPES } from "@/lib/audit/event-types";
import { listClients } from "@/lib/oauth/clients/clients";
import { listUsers, UserQuery } from "@/lib/users/search";
import { SECTIONS } from "../apps/[app_id]/app-pages";
import type { Hit, HitGroup } from "./hit";
import { shortcutsOf } from "./shortcuts";

const MOST = 5;

const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Every word of the query starts a word of the text, in any order. */
export function matchesWords(text: string, q: string): boolean {
  const words = wordsOf(text);
  return wordsOf(q).every((part) => words.some((word) => word.startsWith(part)));
}

function appPages(appId: string): Hit[] {
  return SECTIONS.flatMap(([, { label, page, items }]) =>
    items
      ? items.map((item) => ({ label: item.label, detail: label, href: `/dashboard/apps/${appId}${item.page}` }))
      : [{ label, href: `/dashboard/apps/${appId}${page}` }],
  );
}

const GENERAL_PAGES: Hit[] = [
  { label: "Your apps", href: "/dashboard" },
  { label: "Create app", href: "/dashboard/new" },
  { label: "Account", href: "/dashboard/account" },
  { label: "Security", detail: "Account", href: "/dashboard/account/security" },
];

async function usersOf(appId: string, q: string): Promise<Hit[]> {
  const query = UserQuery.parse({ q, limit: String(MOST) });
  const { data } = await listUsers(appId, query);
  return data.map(({ id, name, email }) => ({
    label: name ?? email ?? id,
    detail: name ? (email ?? id) : undefined,
    href: `/dashboard/apps/${appId}/users/${id}`,
  }));
}

async function applicationsOf(appId: string, q: string): Promise<Hit[]> {
  const { data } = await listClients(appId, { q, limit: MOST });
  return data.map(({ client_id, client_name }) => ({
    label: client_name,
    detail: client_id,
    href: `/dashboard/apps/${appId}/clients/${encodeURIComponent(client_id)}`,
  }));
}

/** Events by type, or those of the object that an ID names. */
function eventsOf(appId: string, q: string): Hit[] {
  const path = `/dashboard/apps/${appId}/events`;
  if (/^(req|usr|cli|key|evt)_\w+$/.test(q))
    return q.startsWith("evt_")
      ? [{ label: "Open event", detail: q, href: `${path}/${q}` }]
      : [{ label: "Events with this ID", detail: q, href: `${path}?q=${q}` }];
  return [...EVENT_TYPES]
    .filter(([type, { title }]) => matchesWords(`${title} ${type}`, q))
    .slice(0, MOST)
    .map(([type, { title }]) => ({ label: title, detail: type, href: `${path}?type=${type}` }));
}

function docsAbout(q: string): Hit[] {
  return searchDocs(q, { most: MOST }).map(({ title, page, href }) => ({ label: title, detail: page, href }));
}

async function inApp(developerId: string, appId: string, q: string): Promise<HitGroup[]> {
  const role = await requireRole(appId, developerId, "viewer");
  const pages = appPages(appId).filter(({ label, detail = "" }) => matchesWords(`${label} ${detail}`, q));
  if (!q) return [{ title: "Pages", hits: pages }];
  const actions = shortcutsOf(appId, role).filter(({ label, detail = "" }) => matchesWords(`${label} ${detail}`, q));
  const [users, applications] = await Promise.all([usersOf(appId, q), applicationsOf(appId, q)]);
  return [
    { title: "Pages", hits: pages.slice(0, MOST) },
    { title: "Actions", hits: actions.slice(0, MOST) },
    { title: "Users", hits: users },
    { title: "Applications", hits: applications },
    { title: "Events", hits: eventsOf(appId, q) },
  ];
}

/**
 * @param appId the app whose page the developer is on
 * @throws 404 if the developer isn't a member of the app
 */
export async function searchDashboard(
  developerId: string,
  sent: string,
  appId: string | undefined,
): Promise<{ groups: HitGroup[] }> {
  const q = sent.trim();
  const [apps, own] = await Promise.all([listAppsOfDeveloper(developerId), appId ? inApp(developerId, appId, q) : []]);
  const otherApps = apps
    .filter(({ id, name }) => id !== appId && (id === q || matchesWords(name, q)))
    .slice(0, MOST)
    .map(({ id, name }) => ({ label: name, detail: id, href: `/dashboard/apps/${id}` }));
  const groups = [
    ...own,
    { title: "Apps", hits: otherApps },
    { title: "Account", hits: GENERAL_PAGES.filter(({ label }) => matchesWords(label, q)) },
    { title: "Documentation", hits: q ? docsAbout(q) : [] },
  ];
  return { groups: groups.filter(({ hits }) => hits.length > 0) };
}
