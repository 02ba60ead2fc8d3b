/** Input schemas of the team forms. */
import { z } from "zod";
import { ROLES } from "@/lib/apps/members";
import { text } from "@/lib/input";
import { Email } from "@/lib/users/inputs";

export const role = z.enum(ROLES);

export const InviteForm = z.object({ email: Email, role });
export const RoleForm = z.object({ developer_id: text(40), role });
export const MemberForm = z.object({ developer_id: text(40) });
export const InvitationForm = z.object({ invitation_id: text(40) });
