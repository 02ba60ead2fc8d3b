"use server";

import { z } from "zod";
import { action, member } from "@/app/_server/action";
import { deleteApp } from "@/lib/apps/delete";
import { updateApp } from "@/lib/apps/update";
import { revalidateApp } from "../app-paths";
import { change } from "./change";
import { AuditForm, LifetimesForm, RenameForm, ReturnUrlsForm } from "./inputs";

export const renameAppAction = action({
  guard: member("admin"),
  input: RenameForm,
  run: async ({ app, input, by }) => {
    await updateApp(app.id, { name: input.name }, by);
    revalidateApp(app.id);
  },
});

export const changeLifetimesAction = change(LifetimesForm);
export const changeReturnUrlsAction = change(ReturnUrlsForm);
export const changeAuditAction = change(AuditForm);

export const deleteAppAction = action({
  guard: member("owner"),
  input: z.object({}),
  // Nothing is revalidated: the page that asked is gone, and the dialog leads away from it.
  run: async ({ app, by }) => deleteApp(app.id, by),
});
