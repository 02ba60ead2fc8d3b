"use server";

import { z } from "zod";
import { action, member } from "@/app/_server/action";
import { deleteApp } from "@/lib/apps/delete";
import { updateApp } from "@/lib/apps/update";
import { revalidateApp } from "../app-paths";
import { AccessTokensForm, AuditForm, LifetimesForm, RenameForm, ReturnUrlsForm } from "./inputs";
import { settingsAction } from "./settings-action";

export const renameAppAction = action({
  guard: member("admin"),
  input: RenameForm,
  run: async ({ app, input, by }) => {
    await updateApp(app.id, { name: input.name }, by);
    revalidateApp(app.id);
  },
});

export const changeLifetimesAction = settingsAction(LifetimesForm);
export const changeAccessTokensAction = settingsAction(AccessTokensForm);
export const changeReturnUrlsAction = settingsAction(ReturnUrlsForm);
export const changeAuditAction = settingsAction(AuditForm);

export const deleteAppAction = action({
  guard: member("owner"),
  input: z.object({}),
  // No revalidation: the current page no longer exists, and the dialog redirects to the list.
  run: async ({ app, by }) => deleteApp(app.id, by),
});
