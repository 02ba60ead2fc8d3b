/** What a member can do in an app, as results of the search: each opens the page with its form. */
import { includesRole } from "@/lib/apps/members";
import type { MemberRole } from "@/lib/database/client";
import { OWNERS } from "../apps/[app_id]/clients/owners";
import { CLIENT_TYPES } from "../apps/[app_id]/clients/types";
import type { Hit } from "./hit";

interface Shortcut extends Omit<Hit, "href"> {
  page: string;
  needs: MemberRole;
}

const CREATE_APPLICATION: Shortcut[] = OWNERS.flatMap((owner) =>
  CLIENT_TYPES.map((type) => ({
    label: `Create application: ${type.title.toLowerCase()}`,
    detail: owner.title,
    page: `/clients/new?owner=${owner.id}&type=${type.id}`,
    needs: "admin" as const,
  })),
);

const SHORTCUTS: Shortcut[] = [
  { label: "Create user", page: "/users/new", needs: "admin" },
  { label: "Import users", page: "/users/import", needs: "admin" },
  { label: "Invite user", page: "/users/invitations", needs: "admin" },
  { label: "Invite teammate", detail: "Team", page: "/team", needs: "owner" },
  { label: "Create API key", detail: "API keys", page: "/keys", needs: "admin" },
  { label: "Rotate signing key", detail: "Signing keys", page: "/signing-keys", needs: "admin" },
  { label: "Rejected requests", detail: "Events", page: "/events?outcome=rejected", needs: "viewer" },
  ...CREATE_APPLICATION,
];

export function shortcutsOf(appId: string, role: MemberRole): Hit[] {
  return SHORTCUTS.filter(({ needs }) => includesRole(role, needs)).map(({ label, detail, page }) => ({
    label,
    detail,
    href: `/dashboard/apps/${appId}${page}`,
  }));
}
