/** Props of the settings cards. */
import type { AppSettings } from "@/lib/apps/settings";

export interface SettingsCardProps {
  settings: AppSettings;
  hidden: Record<string, string>;
  readOnly: boolean;
  success: string;
  beside: boolean;
}
