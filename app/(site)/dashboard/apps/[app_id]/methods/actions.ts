"use server";

import { action, member } from "@/app/_server/action";
import { updateApp } from "@/lib/apps/update";
import { revalidateApp } from "../app-paths";
import { settingsAction } from "../settings/settings-action";
import {
  BotCheckForm,
  EmailCodesForm,
  MagicLinksForm,
  NoticesForm,
  PasswordsForm,
  SenderForm,
  SignUpForm,
} from "./inputs";

export const changeSignUpAction = settingsAction(SignUpForm);
export const changePasswordsAction = settingsAction(PasswordsForm);
export const changeMagicLinksAction = settingsAction(MagicLinksForm);
export const changeEmailCodesAction = settingsAction(EmailCodesForm);
export const changeSenderAction = settingsAction(SenderForm);
export const changeNoticesAction = settingsAction(NoticesForm);

export const changeBotCheckAction = action({
  guard: member("admin"),
  input: BotCheckForm,
  run: async ({ app, input: { bot_check_secret, ...settings }, by }) => {
    await updateApp(app.id, { settings, bot_check_secret }, by);
    revalidateApp(app.id);
  },
});
