"use server";

import { action, member } from "@/app/_server/action";
import { failInput, isAppError } from "@/lib/errors";
import { createScope, deleteScope, updateScope } from "@/lib/oauth/scopes/scopes";
import { revalidateApp } from "../app-paths";
import { NewScopeForm, ScopeForm, ScopeNameForm } from "./inputs";

export const createScopeAction = action({
  guard: member("admin"),
  input: NewScopeForm,
  run: async ({ app, input, by }) => {
    await createScope(app.id, input, by).catch((error) => {
      if (isAppError(error) && error.code === "scope_taken") failInput({ name: "already exists" });
      throw error;
    });
    revalidateApp(app.id);
  },
});

export const changeScopeAction = action({
  guard: member("admin"),
  input: ScopeForm,
  run: async ({ app, input: { name, ...changes }, by }) => {
    await updateScope(app.id, name, changes, by);
    revalidateApp(app.id);
  },
});

export const deleteScopeAction = action({
  guard: member("admin"),
  input: ScopeNameForm,
  run: async ({ app, input, by }) => {
    await deleteScope(app.id, input.name, by);
    revalidateApp(app.id);
  },
});
