// Magic-link settings.
import { FormCard } from "@/app/_ui/form-card";
import { FormSwitch } from "@/app/_ui/switch";
import { TextLink } from "@/app/_ui/text-link";
import { SIGN_IN_EMAIL_MINUTES } from "@/lib/signin/sign-in-email";
import type { SettingsCardProps } from "../settings/card-props";
import { changeMagicLinksAction } from "./actions";

type MagicLinksCardProps = SettingsCardProps & { mailbox: string };

export function MagicLinksCard({ settings, mailbox, ...form }: MagicLinksCardProps) {
  return (
    <FormCard
      title="Magic links"
      description={
        <>
          Sign-in with a link or a 6-digit code from an email. Both work once and expire after {SIGN_IN_EMAIL_MINUTES}{" "}
          minutes. <TextLink href={mailbox}>View emails</TextLink>
        </>
      }
      action={changeMagicLinksAction}
      {...form}
    >
      <FormSwitch
        label="Enable magic links"
        name="magic_link"
        defaultOn={settings.methods.magic_link}
        hint="A magic link verifies the email address. If sign-up is open, it also creates new users."
      />
    </FormCard>
  );
}
