/** Names and descriptions of the roles. */
import type { MemberRole } from "@/lib/database/client";

export const ROLE_OPTIONS = [
  { value: "viewer", label: "Viewer: can view everything except emails" },
  { value: "admin", label: "Admin: can change everything except the team" },
  { value: "owner", label: "Owner: can also manage the team and delete the app" },
] satisfies { value: MemberRole; label: string }[];

export const ROLE_NAMES: Record<string, string> = { viewer: "Viewer", admin: "Admin", owner: "Owner" };
