import { z } from "zod";
import { getApp } from "@/lib/apps/apps";
import { addMember, changeRole, listMembers, ROLES, removeMember } from "@/lib/apps/members";
import { parseInput } from "@/lib/input";
import { getDeveloper } from "@/lib/users/developers";
import { Email } from "@/lib/users/inputs";
import type { Command, Flag } from "../command";
import { APP_FLAG } from "../flags";

const EMAIL_FLAG: Flag = { value: "EMAIL", required: true, help: "the email address of a developer" };
const ROLE_FLAG: Flag = { value: "ROLE", required: true, help: ROLES.join(", ") };
const MemberInput = z.object({ email: Email, role: z.enum(ROLES) });

async function memberInput(email: string, role: string) {
  const input = parseInput(MemberInput, { email, role });
  return { ...(await getDeveloper(input.email)), role: input.role };
}

export const membersList: Command = {
  name: "members list",
  help: "List the members of an app's team",
  flags: { app: APP_FLAG },
  columns: ["email", "name", "role", "developer_id"],
  run: async (flags) => ({ members: await listMembers((await getApp(flags.text("app"))).id) }),
};

export const membersAdd: Command = {
  name: "members add",
  help: "Add a developer to an app's team",
  flags: { app: APP_FLAG, email: EMAIL_FLAG, role: ROLE_FLAG },
  run: async (flags) => {
    const { id, role } = await memberInput(flags.text("email"), flags.text("role"));
    await addMember(flags.text("app"), id, role, { type: "operator" });
    return { developer_id: id, role };
  },
};

export const membersRole: Command = {
  name: "members role",
  help: "Change the role of a team member",
  flags: { app: APP_FLAG, email: EMAIL_FLAG, role: ROLE_FLAG },
  run: async (flags) => {
    const { id, role } = await memberInput(flags.text("email"), flags.text("role"));
    await changeRole(flags.text("app"), id, role, { type: "operator" });
    return { developer_id: id, role };
  },
};

export const membersRemove: Command = {
  name: "members remove",
  help: "Remove a member from an app's team",
  flags: { app: APP_FLAG, email: EMAIL_FLAG },
  run: async (flags) => {
    const { id } = await memberInput(flags.text("email"), "viewer");
    await removeMember(flags.text("app"), id, { type: "operator" });
    return { developer_id: id, removed: true };
  },
};

export const commands: Command[] = [membersList, membersAdd, membersRole, membersRemove];
