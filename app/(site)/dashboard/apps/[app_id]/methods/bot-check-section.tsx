// Bot check settings. The provider's secret can be replaced, but is never shown.

import { FormField, FormSelect } from "@/app/_ui/form-field";
import { Section } from "@/app/_ui/section";
import { TextLink } from "@/app/_ui/text-link";
import type { SettingsSectionProps } from "../settings/section-props";

const PROVIDERS = [
  { value: "off", label: "Off" },
  { value: "altcha", label: "Proof of work (ALTCHA)" },
  { value: "turnstile", label: "Cloudflare Turnstile" },
  { value: "hcaptcha", label: "hCaptcha" },
];

type BotCheckSectionProps = SettingsSectionProps & { hasSecret: boolean };

export function BotCheckSection({ settings, hasSecret }: BotCheckSectionProps) {
  return (
    <Section
      title="Bot check"
      description={
        <>
          Checks on the hosted pages that a person signs up, requests an email, or signs in after failed attempts.{" "}
          <TextLink href="/docs/security#bot-check">About the bot check</TextLink>
        </>
      }
    >
      <div className="max-w-96">
        <FormSelect
          label="Check"
          name="bot_check"
          options={PROVIDERS}
          defaultValue={settings.bot_check}
          hint="The proof of work runs in the user’s browser, and needs no account and no third party."
        />
      </div>
      <FormField
        label="Site key"
        name="bot_check_site_key"
        optional
        autoComplete="off"
        spellCheck={false}
        defaultValue={settings.bot_check_site_key ?? ""}
        hint="For Turnstile and hCaptcha: from the provider’s dashboard."
      />
      <SecretField hasSecret={hasSecret} />
    </Section>
  );
}

function SecretField({ hasSecret }: { hasSecret: boolean }) {
  return (
    <FormField
      type="password"
      label="Secret"
      name="bot_check_secret"
      optional
      autoComplete="off"
      hint={
        hasSecret
          ? "A secret is stored. Leave this empty to keep it, or enter a new one."
          : "For Turnstile and hCaptcha. It is stored encrypted and never shown."
      }
    />
  );
}
