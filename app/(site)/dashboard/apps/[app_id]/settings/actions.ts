"use server";

import { z } from "zod";
import { action, member } from "@/app/_edge/action";
import { deleteApp } from "@/lib/apps/delete";
import { updateApp } from "@/lib/apps/update";
import { revalidateApp } from "../app-paths";
import { AuditForm, LifetimesForm, RenameForm, ReturnUrlsForm, SignUpForm } from "./inputs";

export const renameAppAction = action({
  guard: member("admin"),
  input: RenameForm,
  run: async ({ app, input, by }) => {
    await updateApp(app.id, { name: input.name }, by);
    revalidateApp(app.id);
  },
});

/** An action for a part of the settings. */
function change<Part extends z.ZodType<Record<string, unknown>>>(part: Part) {
  return action({
    guard: member("admin"),
    input: part,
    run: async ({ app, input, by }) => {
      await updateApp(app.id, { settings: input as Record<string, unknown> }, by);
      revalidateApp(app.id);
    },
  });
}

export const changeSignUpAction = change(SignUpForm);
export const changeLifetimesAction = change(LifetimesForm);
export const changeReturnUrlsAction = change(ReturnUrlsForm);
export const changeAuditAction = change(AuditForm);

export const deleteAppAction = action({
  guard: member("owner"),
  input: z.object({}),
  // Nothing is revalidated: the page that asked is gone, and the dialog leads away from it.
  run: async ({ app, by }) => deleteApp(app.id, by),
});
