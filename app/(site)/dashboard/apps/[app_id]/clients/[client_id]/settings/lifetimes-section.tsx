// Token lifetimes of an application.
import { formatDuration } from "@/app/_ui/duration";
import { DurationField } from "@/app/_ui/duration-field";
import { Section } from "@/app/_ui/section";
import type { AppSettings } from "@/lib/apps/settings";
import { ID_TOKEN_TTL_SECONDS } from "@/lib/oauth/tokens/id-token";
import type { SectionProps } from "./section-props";

export function LifetimesSection({ client, settings }: SectionProps & { settings: AppSettings }) {
  const fields = [
    { name: "access_token_ttl_seconds", label: "Access token", otherwise: settings.oauth_token_ttl_seconds },
    { name: "id_token_ttl_seconds", label: "ID token", otherwise: ID_TOKEN_TTL_SECONDS },
    {
      name: "refresh_idle_ttl_seconds",
      label: "Refresh token idle timeout",
      otherwise: settings.session_idle_ttl_seconds,
    },
    {
      name: "refresh_absolute_ttl_seconds",
      label: "Refresh token maximum lifetime",
      otherwise: settings.session_ttl_seconds,
    },
  ] as const;
  return (
    <Section
      title="Lifetimes"
      description="Changes apply to new connections. Existing connections keep their lifetimes."
    >
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        {fields.map(({ name, label, otherwise }) => (
          <DurationField
            key={name}
            label={label}
            name={name}
            defaultSeconds={client[name]}
            otherwise={otherwise}
            hint={`Default: ${formatDuration(otherwise)}`}
          />
        ))}
      </div>
    </Section>
  );
}
