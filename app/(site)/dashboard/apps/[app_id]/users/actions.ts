"use server";

import { redirect } from "next/navigation";
import { action, member } from "@/app/_server/action";
import { createUser } from "@/lib/users/create-user";
import { appPath, revalidateApp } from "../app-paths";
import { withConflictErrors } from "./conflict-errors";
import { AddUserForm } from "./inputs";

export const addUserAction = action({
  guard: member("admin"),
  input: AddUserForm,
  run: async ({ app, input, by }) => {
    const user = await withConflictErrors(createUser(app, input, by));
    revalidateApp(app.id);
    redirect(appPath(app.id, `/users/${user.id}`));
  },
});
