// Notification emails.
import { FormCard } from "@/app/_ui/form-card";
import { FormSwitch } from "@/app/_ui/switch";
import type { SettingsCardProps } from "../settings/card-props";
import { changeNoticesAction } from "./actions";

export function NotificationsCard({ settings, ...form }: SettingsCardProps) {
  return (
    <FormCard
      title="Notifications"
      description="Emails that inform users about their account."
      action={changeNoticesAction}
      {...form}
    >
      <FormSwitch
        label="New sign-in"
        name="mail_new_sign_in"
        defaultOn={settings.mail_new_sign_in}
        hint="Users are notified when they sign in on hosted pages with a new device or from a new network."
      />
    </FormCard>
  );
}
