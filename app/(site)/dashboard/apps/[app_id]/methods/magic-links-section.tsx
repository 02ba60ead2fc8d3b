// Magic-link settings.
import { Section } from "@/app/_ui/section";
import { FormSwitch } from "@/app/_ui/switch";
import { TextLink } from "@/app/_ui/text-link";
import { SIGN_IN_EMAIL_MINUTES } from "@/lib/signin/sign-in-email";
import type { SettingsSectionProps } from "../settings/section-props";

type MagicLinksSectionProps = SettingsSectionProps & { mailbox: string };

export function MagicLinksSection({ settings, mailbox }: MagicLinksSectionProps) {
  return (
    <Section
      title="Magic links"
      description={
        <>
          Sign-in with a link or a 6-digit code from an email. Both work once and expire after {SIGN_IN_EMAIL_MINUTES}{" "}
          minutes. <TextLink href={mailbox}>View emails</TextLink>
        </>
      }
    >
      <FormSwitch
        label="Enable magic links"
        name="magic_link"
        defaultOn={settings.methods.magic_link}
        hint="A magic link verifies the email address. If sign-up is open, it also creates new users."
      />
    </Section>
  );
}
