// What return URLs receive after a sign-in, and the sender name of emails.

import { FormField, FormSelect } from "@/app/_ui/form-field";
import { Section } from "@/app/_ui/section";
import { DELIVERIES, DELIVERY_HINT } from "../deliveries";
import type { SettingsSectionProps } from "../settings/section-props";

type RedirectDeliverySectionProps = SettingsSectionProps & { appName: string };

export function RedirectDeliverySection({ settings, appName }: RedirectDeliverySectionProps) {
  return (
    <Section
      title="Redirects and emails"
      description="What your return URLs receive after a sign-in with Foyer, and the sender of emails."
    >
      <FormSelect
        label="Response type"
        name="delivery"
        options={DELIVERIES}
        defaultValue={settings.delivery}
        hint={DELIVERY_HINT}
      />
      <FormField
        label="Sender name"
        name="mail_from_name"
        optional
        autoComplete="off"
        maxLength={100}
        placeholder={appName}
        defaultValue={settings.mail_from_name ?? ""}
      />
    </Section>
  );
}
