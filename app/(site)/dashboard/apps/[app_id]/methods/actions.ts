"use server";

import { change } from "../settings/change";
import { AdmissionForm, MagicLinksForm, NoticesForm, PasswordsForm, SenderForm } from "./inputs";

export const changeAdmissionAction = change(AdmissionForm);
export const changePasswordsAction = change(PasswordsForm);
export const changeMagicLinksAction = change(MagicLinksForm);
export const changeSenderAction = change(SenderForm);
export const changeNoticesAction = change(NoticesForm);
