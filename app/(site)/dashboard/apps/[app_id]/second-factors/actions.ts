"use server";

import { settingsAction } from "../settings/settings-action";
import { PasskeysForm, PolicyForm } from "./inputs";

export const changePolicyAction = settingsAction(PolicyForm);
export const changePasskeysAction = settingsAction(PasskeysForm);
