// Settings cards: name, return URLs and audit trail.
import { FormCard } from "@/app/_ui/form-card";
import { FormField, FormTextarea } from "@/app/_ui/form-field";
import { APP_NAME_LENGTH } from "@/lib/apps/apps";
import { changeAuditAction, changeReturnUrlsAction, renameAppAction } from "./actions";
import type { SettingsCardProps } from "./card-props";

export function NameCard({ name, ...form }: Omit<SettingsCardProps, "settings"> & { name: string }) {
  return (
    <FormCard title="Name" description="Users see this name when they sign in." action={renameAppAction} {...form}>
      <FormField label="App name" name="name" defaultValue={name} maxLength={APP_NAME_LENGTH} autoComplete="off" />
    </FormCard>
  );
}

export function ReturnUrlsCard({ settings, ...form }: SettingsCardProps) {
  return (
    <FormCard
      title="Return URLs"
      description="Foyer redirects users only to these URLs after a sign-in and rejects all others."
      action={changeReturnUrlsAction}
      {...form}
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
    </FormCard>
  );
}

export function AuditTrailCard({ settings, ...form }: SettingsCardProps) {
  return (
    <FormCard
      id="audit-trail"
      title="Audit trail"
      description="How long Foyer keeps events."
      action={changeAuditAction}
      {...form}
    >
      <div className="max-w-60">
        <FormField
          label="Retention in days"
          name="audit_retention_days"
          inputMode="numeric"
          autoComplete="off"
          defaultValue={String(settings.audit_retention_days)}
        />
      </div>
    </FormCard>
  );
}
