"use server";

import { action, member } from "@/app/_server/action";
import { createRegistrationToken, revokeRegistrationToken } from "@/lib/oauth/registration/tokens";
import { revalidateApp } from "../app-paths";
import { settingsAction } from "../settings/settings-action";
import { DocumentsForm, NewTokenForm, RegistrationForm, TokenIdForm } from "./inputs";

export const saveRegistrationAction = settingsAction(RegistrationForm, DocumentsForm);

export const createTokenAction = action({
  guard: member("admin"),
  input: NewTokenForm,
  run: async ({ app, input, by }) => {
    const { token } = await createRegistrationToken(app.id, input, by);
    revalidateApp(app.id);
    return { token };
  },
});

export const revokeTokenAction = action({
  guard: member("admin"),
  input: TokenIdForm,
  run: async ({ app, input, by }) => {
    await revokeRegistrationToken(app.id, input.registration_token_id, by);
    revalidateApp(app.id);
  },
});
