// Notification emails.
import { Section } from "@/app/_ui/section";
import { FormSwitch } from "@/app/_ui/switch";
import type { SettingsSectionProps } from "../settings/section-props";

export function NotificationsSection({ settings }: SettingsSectionProps) {
  return (
    <Section title="Notifications" description="Emails that inform users about their account.">
      <FormSwitch
        label="New sign-in"
        name="mail_new_sign_in"
        defaultOn={settings.mail_new_sign_in}
        hint="Users are notified when they sign in on hosted pages with a new device or from a new network."
      />
    </Section>
  );
}
