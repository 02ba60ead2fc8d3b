// What return URLs receive after a sign-in, and the sender name of emails.
import { FormCard } from "@/app/_ui/form-card";
import { FormField, FormSelect } from "@/app/_ui/form-field";
import { TextLink } from "@/app/_ui/text-link";
import { DELIVERIES, DELIVERY_HINT } from "../deliveries";
import type { SettingsCardProps } from "../settings/card-props";
import { changeSenderAction } from "./actions";

type RedirectDeliveryCardProps = SettingsCardProps & { appName: string; settingsPath: string };

export function RedirectDeliveryCard({ settings, appName, settingsPath, ...form }: RedirectDeliveryCardProps) {
  return (
    <FormCard
      title="Redirects and emails"
      description={
        <>
          What your <TextLink href={settingsPath}>return URLs</TextLink> receive after a sign-in with Foyer, and the
          sender of emails.
        </>
      }
      action={changeSenderAction}
      {...form}
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
    </FormCard>
  );
}
