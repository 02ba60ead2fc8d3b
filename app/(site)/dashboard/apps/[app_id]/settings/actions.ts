"use server";

import { z } from "zod";
import { action, member } from "@/app/_server/action";
import { deleteApp } from "@/lib/apps/delete";
import { AuditForm, RenameForm } from "./inputs";
import { settingsAction } from "./settings-action";

export const saveSettingsAction = settingsAction(RenameForm, AuditForm);

export const deleteAppAction = action({
  guard: member("owner"),
  input: z.object({}),
  // No revalidation: the current page no longer exists, and the dialog redirects to the list.
  run: async ({ app, by }) => deleteApp(app.id, by),
});
