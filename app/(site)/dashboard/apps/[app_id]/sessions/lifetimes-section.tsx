// Lifetimes of access tokens and sessions.

import { DurationField } from "@/app/_ui/duration-field";
import { Section } from "@/app/_ui/section";
import type { SettingsSectionProps } from "../settings/section-props";

export function LifetimesSection({ settings }: SettingsSectionProps) {
  return (
    <Section title="Lifetimes" description="Changes apply to new sessions. Existing sessions keep their lifetimes.">
      <DurationField
        label="Access token"
        name="direct_token_ttl_seconds"
        defaultSeconds={settings.direct_token_ttl_seconds}
        hint="Services that verify tokens locally notice a revoked session after at most this time."
      />
      <DurationField
        label="Idle timeout"
        name="session_idle_ttl_seconds"
        defaultSeconds={settings.session_idle_ttl_seconds}
        hint="Sessions expire after this long without activity."
      />
      <DurationField
        label="Maximum lifetime"
        name="session_ttl_seconds"
        defaultSeconds={settings.session_ttl_seconds}
        hint="Users must sign in again after this time, even if they are active."
      />
    </Section>
  );
}
