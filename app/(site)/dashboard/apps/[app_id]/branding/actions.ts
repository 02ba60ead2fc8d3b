"use server";

import { change } from "../settings/change";
import { BrandingForm } from "./inputs";

export const changeBrandingAction = change(BrandingForm);
