"use server";

import { settingsAction } from "../settings/settings-action";
import { EmailCodesForm, MagicLinksForm, NoticesForm, PasswordsForm, SenderForm, SignUpForm } from "./inputs";

export const changeSignUpAction = settingsAction(SignUpForm);
export const changePasswordsAction = settingsAction(PasswordsForm);
export const changeMagicLinksAction = settingsAction(MagicLinksForm);
export const changeEmailCodesAction = settingsAction(EmailCodesForm);
export const changeSenderAction = settingsAction(SenderForm);
export const changeNoticesAction = settingsAction(NoticesForm);
