/** What a role may do, in words. */
import type { MemberRole } from "@/lib/database/client";

export const ROLE_OPTIONS = [
  { value: "viewer", label: "Viewer: sees everything, changes nothing" },
  { value: "admin", label: "Admin: changes everything but the team" },
  { value: "owner", label: "Owner: may also change the team and delete the App" },
] satisfies { value: MemberRole; label: string }[];

export const ROLE_NAMES: Record<string, string> = { viewer: "Viewer", admin: "Admin", owner: "Owner" };
