"use server";

import { settingsAction } from "../settings/settings-action";
import { BrandingForm } from "./inputs";

export const changeBrandingAction = settingsAction(BrandingForm);
