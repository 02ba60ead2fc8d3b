import { getApp } from "@/lib/apps/apps";
import { parseInput } from "@/lib/input";
import { createUser } from "@/lib/users/create-user";
import { deleteUser } from "@/lib/users/delete-user";
import { getUser } from "@/lib/users/get-user";
import { CreateUserBody } from "@/lib/users/inputs";
import { listUsers, resolveUserId, UserQuery } from "@/lib/users/search";
import { managedUserView } from "@/lib/users/user-views";
import type { Command, Flag, Flags } from "../parse";
import { APP_FLAG } from "./apps";

const USER_FLAG: Flag = { value: "U", required: true, help: "the user's id or e-mail address" };

/** What most commands name: an App, and a user of it. */
async function userOf(flags: Flags) {
  const app = await getApp(flags.text("app"));
  return { appId: app.id, userId: await resolveUserId(app.id, flags.text("user")) };
}

export const usersCreate: Command = {
  name: "users create",
  help: "makes a user",
  flags: {
    app: APP_FLAG,
    email: { value: "E", required: true, help: "the user's e-mail address" },
    password: { value: "P", help: "without it the user comes in another way" },
    name: { value: "N", help: "the user's name" },
    verified: { help: "the address is known to be theirs" },
  },
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    const input = parseInput(CreateUserBody, {
      email: flags.text("email"),
      password: flags.optional("password"),
      name: flags.optional("name"),
      email_verified: flags.on("verified"),
    });
    return createUser(app, input, { type: "operator" });
  },
};

export const usersList: Command = {
  name: "users list",
  help: "lists or searches an App's users, newest first",
  flags: {
    app: APP_FLAG,
    q: { value: "TEXT", help: "a part of the address or name" },
    limit: { value: "N", help: "how many, 100 at most" },
    cursor: { value: "C", help: "the next_cursor of the page before" },
  },
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    const query = { q: flags.optional("q"), limit: flags.optional("limit"), cursor: flags.optional("cursor") };
    return listUsers(app.id, parseInput(UserQuery, query));
  },
};

export const usersShow: Command = {
  name: "users show",
  help: "shows a user",
  flags: { app: APP_FLAG, user: USER_FLAG },
  run: async (flags) => {
    const { appId, userId } = await userOf(flags);
    return managedUserView(await getUser(appId, userId));
  },
};

export const usersDelete: Command = {
  name: "users delete",
  help: "deletes a user with everything that hangs on them",
  flags: { app: APP_FLAG, user: USER_FLAG },
  run: async (flags) => {
    const { appId, userId } = await userOf(flags);
    await deleteUser(appId, userId, { type: "operator" });
    return { user_id: userId, deleted: true };
  },
};
