// The URLs to which Foyer redirects users after a sign-in by link or provider.
import { FormTextarea } from "@/app/_ui/form-field";
import { Section } from "@/app/_ui/section";
import type { SettingsSectionProps } from "../settings/section-props";

export function ReturnUrlsSection({ settings }: SettingsSectionProps) {
  return (
    <Section
      id="return-urls"
      title="Return URLs"
      description="Foyer redirects users only to these URLs after a sign-in by magic link or connection, and rejects all others."
    >
      <FormTextarea
        label="Return URLs"
        name="return_urls"
        subject="The line"
        hint="One URL per line."
        placeholder="https://blog.example.com/signed-in"
        defaultValue={settings.return_urls.join("\n")}
        rows={4}
        spellCheck={false}
        dir="ltr"
      />
    </Section>
  );
}
