"use server";

import { change } from "../settings/change";
import { MagicLinksForm, NoticesForm, PasswordsForm, SenderForm, SignUpForm } from "./inputs";

export const changeSignUpAction = change(SignUpForm);
export const changePasswordsAction = change(PasswordsForm);
export const changeMagicLinksAction = change(MagicLinksForm);
export const changeSenderAction = change(SenderForm);
export const changeNoticesAction = change(NoticesForm);
