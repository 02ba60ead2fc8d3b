import { getApp } from "@/lib/apps/apps";
import { parseInput } from "@/lib/input";
import { AddressText } from "@/lib/users/contact";
import { createUser } from "@/lib/users/create-user";
import { deleteUser } from "@/lib/users/delete-user";
import { getUser } from "@/lib/users/get-user";
import { CreateUserBody } from "@/lib/users/inputs";
import { listUsers, UserQuery } from "@/lib/users/search";
import { managedUserView } from "@/lib/users/user-views";
import type { Command } from "../command";
import { APP_FLAG } from "../flags";
import { USER_FLAG, userOf } from "../user";

export const usersCreate: Command = {
  name: "users create",
  help: "Create a user",
  flags: {
    app: APP_FLAG,
    email: { value: "EMAIL", required: true, help: "the user's email address" },
    password: { value: "PASSWORD", help: "without it, the user needs another sign-in method" },
    name: { value: "NAME", help: "the user's name" },
    "phone-number": { value: "NUMBER", help: "the user's phone number, like +12025550123" },
    "phone-verified": { help: "mark the phone number as verified", field: "phone_number_verified" },
    address: { value: "ADDRESS", help: "the user's postal address, as text or as JSON (OIDC Core §5.1.1)" },
    verified: { help: "mark the email address as verified", field: "email_verified" },
  },
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    const input = parseInput(CreateUserBody.extend({ address: AddressText }), {
      email: flags.text("email"),
      password: flags.optional("password"),
      name: flags.optional("name"),
      email_verified: flags.on("verified"),
      phone_number: flags.optional("phone-number"),
      phone_number_verified: flags.on("phone-verified"),
      address: flags.optional("address"),
    });
    return createUser(app, input, { type: "operator" });
  },
};

export const usersList: Command = {
  name: "users list",
  help: "List or search the users of an app, newest first",
  flags: {
    app: APP_FLAG,
    q: { value: "TEXT", help: "a part of the email address or name" },
    email: { value: "EMAIL", help: "the exact email address" },
    factor: { value: "true|false", help: "only users with a second factor or passkey, or only the others" },
    limit: { value: "N", help: "the maximum number of users, up to 100" },
    cursor: { value: "CURSOR", help: "the next_cursor of the previous page" },
  },
  columns: ["id", "email", "name", "email_verified", "disabled", "last_sign_in_at"],
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    const query = {
      q: flags.optional("q"),
      email: flags.optional("email"),
      has_factor: flags.optional("factor"),
      limit: flags.optional("limit"),
      cursor: flags.optional("cursor"),
    };
    return listUsers(app.id, parseInput(UserQuery, query));
  },
};

export const usersShow: Command = {
  name: "users show",
  help: "Show a user",
  flags: { app: APP_FLAG, user: USER_FLAG },
  run: async (flags) => {
    const { appId, userId } = await userOf(flags);
    return managedUserView(await getUser(appId, userId));
  },
};

export const usersDelete: Command = {
  name: "users delete",
  help: "Delete a user and all their data",
  flags: { app: APP_FLAG, user: USER_FLAG },
  run: async (flags) => {
    const { appId, userId } = await userOf(flags);
    await deleteUser(appId, userId, { type: "operator" });
    return { user_id: userId, deleted: true };
  },
};

export const commands: Command[] = [usersCreate, usersList, usersShow, usersDelete];
