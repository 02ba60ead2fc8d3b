"use server";

import { ReturnUrlsForm } from "../settings/inputs";
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

export const saveMethodsAction = settingsAction(
  SignUpForm,
  PasswordsForm,
  MagicLinksForm,
  EmailCodesForm,
  BotCheckForm,
  NoticesForm,
  ReturnUrlsForm,
  SenderForm,
);
