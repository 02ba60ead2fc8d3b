// How long tokens and sessions live.
import { DurationField } from "@/app/_ui/duration-field";
import { FormCard } from "@/app/_ui/form-card";
import { changeLifetimesAction } from "./actions";
import type { SettingsCardProps } from "./card-props";

export function LifetimesCard({ settings, ...form }: SettingsCardProps) {
  return (
    <FormCard
      title="Lifetimes"
      description="Sessions that exist already keep theirs; new ones take what is set here."
      action={changeLifetimesAction}
      {...form}
    >
      <DurationField
        label="Token"
        name="direct_token_ttl_seconds"
        defaultSeconds={settings.direct_token_ttl_seconds}
        hint="Foyer itself sees a session end at once. Whoever only checks the signature learns of it after this time at most."
      />
      <DurationField
        label="Session without use"
        name="session_idle_ttl_seconds"
        defaultSeconds={settings.session_idle_ttl_seconds}
        hint="Nobody refreshed it for so long: it ends."
      />
      <DurationField
        label="Session at most"
        name="session_ttl_seconds"
        defaultSeconds={settings.session_ttl_seconds}
        hint="Then everybody signs in again, however busy they were."
      />
    </FormCard>
  );
}
