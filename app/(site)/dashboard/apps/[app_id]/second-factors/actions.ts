"use server";

import { settingsAction } from "../settings/settings-action";
import { PasskeysForm, PolicyForm } from "./inputs";

export const saveSecondFactorsAction = settingsAction(PolicyForm, PasskeysForm);
