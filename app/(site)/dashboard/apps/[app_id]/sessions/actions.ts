"use server";

import { AccessTokensForm, LifetimesForm } from "../settings/inputs";
import { settingsAction } from "../settings/settings-action";

export const saveSessionsAction = settingsAction(LifetimesForm, AccessTokensForm);
