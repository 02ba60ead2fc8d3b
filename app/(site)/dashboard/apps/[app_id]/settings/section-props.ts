/** Props of the sections of an app's settings. */
import type { AppSettings } from "@/lib/apps/settings";

export interface SettingsSectionProps {
  settings: AppSettings;
}
