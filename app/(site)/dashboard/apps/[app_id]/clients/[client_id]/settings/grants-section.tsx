// Grant types and refresh-token rotation of an application.
import { CheckList } from "@/app/_ui/check-list";
import { FormSelect } from "@/app/_ui/form-field";
import { Section } from "@/app/_ui/section";
import { CONFIDENTIAL_GRANT_TYPES, GRANT_TYPES } from "@/lib/oauth/grants/types";
import type { SectionProps } from "./section-props";

export const GRANT_LABELS: Record<string, { label: string; description: string }> = {
  authorization_code: { label: "Authorization code", description: "A user signs in and consents." },
  refresh_token: {
    label: "Refresh token",
    description: "Keeps access while the user is away, if the user allowed offline_access.",
  },
  client_credentials: { label: "Client credentials", description: "The application acts for itself, without a user." },
  "urn:ietf:params:oauth:grant-type:device_code": {
    label: "Device",
    description: "The user enters a code on another device: for televisions and command lines (RFC 8628).",
  },
  "urn:ietf:params:oauth:grant-type:token-exchange": {
    label: "Token exchange",
    description: "Exchanges a user’s access token for a narrower one, to call another API (RFC 8693).",
  },
};

const TYPES = [
  { value: "web", label: "Web" },
  { value: "native", label: "Installed (native)" },
];

const REFRESH = [
  { value: "", label: "Reuse the refresh token" },
  { value: "rotate", label: "Rotate with each use" },
];

export function GrantsSection({ client }: SectionProps) {
  const types = GRANT_TYPES.filter((type) => !(client.public && CONFIDENTIAL_GRANT_TYPES.has(type)));
  const options = types.map((type) => ({ value: type, ...(GRANT_LABELS[type] ?? { label: type }) }));
  return (
    <Section title="Grant types" description="How the application gets tokens.">
      <CheckList
        label="Grant types"
        hideLabel
        name="grant_types"
        options={options}
        defaultChecked={client.grant_types}
      />
      <FormSelect
        label="Application type"
        name="application_type"
        options={TYPES}
        hint="Installed applications may use custom schemes, and any port of a loopback address (RFC 8252)."
        defaultValue={client.application_type}
      />
      {client.public ? (
        <p className="text-sm text-ink-muted">
          A public application’s refresh token changes with each use. If an old token is used again, Foyer revokes the
          connection.
        </p>
      ) : (
        <FormSelect
          label="Refresh token rotation"
          name="refresh"
          options={REFRESH}
          hint="Reuse is safe with a client secret, and no token is lost if a response doesn’t arrive."
          defaultValue={client.refresh === "rotate" ? "rotate" : ""}
        />
      )}
    </Section>
  );
}
