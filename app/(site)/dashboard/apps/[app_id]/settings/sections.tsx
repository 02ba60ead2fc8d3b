// Sections of the settings: the name and ID of the app, and the audit trail.
import { FormField } from "@/app/_ui/form-field";
import { IdChip } from "@/app/_ui/id-chip";
import { Section } from "@/app/_ui/section";
import { APP_NAME_LENGTH } from "@/lib/apps/apps";
import type { SettingsSectionProps } from "./section-props";

export function NameSection({ app }: { app: { id: string; name: string } }) {
  return (
    <Section title="Name" description="Users see this name when they sign in.">
      <FormField label="App name" name="name" defaultValue={app.name} maxLength={APP_NAME_LENGTH} autoComplete="off" />
      <div className="min-w-0">
        <IdChip id={app.id} what="App ID" />
      </div>
    </Section>
  );
}

export function AuditTrailSection({ settings }: SettingsSectionProps) {
  return (
    <Section id="audit-trail" title="Audit trail" description="How long Foyer keeps events.">
      <div className="max-w-60">
        <FormField
          label="Retention in days"
          name="audit_retention_days"
          inputMode="numeric"
          autoComplete="off"
          defaultValue={String(settings.audit_retention_days)}
        />
      </div>
    </Section>
  );
}
