// Grant types and refresh-token rotation of a client.
import { CheckList } from "@/app/_ui/check-list";
import { FormCard } from "@/app/_ui/form-card";
import { FormSelect } from "@/app/_ui/form-field";
import { CONFIDENTIAL_GRANT_TYPES, GRANT_TYPES, type GrantType } from "@/lib/oauth/grants/types";
import { changeGrantsAction } from "../../actions";
import type { ClientCardProps } from "./card-props";

/** The compiler asks for the label of a new grant type. */
const LABELS: Record<GrantType, { label: string; description: string }> = {
  authorization_code: { label: "Authorization code", description: "A user signs in and consents." },
  refresh_token: {
    label: "Refresh token",
    description: "Keeps access while the user is away, if the user allowed offline_access.",
  },
  client_credentials: { label: "Client credentials", description: "The client acts for itself, without a user." },
  "urn:ietf:params:oauth:grant-type:device_code": {
    label: "Device code",
    description: "A user signs in with a code that a device or command line shows.",
  },
  "urn:ietf:params:oauth:grant-type:token-exchange": {
    label: "Token exchange",
    description: "The client trades users’ access tokens of this app for its own, to call further APIs.",
  },
};

const REFRESH = [
  { value: "", label: "Reuse the refresh token" },
  { value: "rotate", label: "Rotate with each use" },
];

export function GrantsCard({ client, ...form }: ClientCardProps) {
  const types = GRANT_TYPES.filter((type) => !(client.public && CONFIDENTIAL_GRANT_TYPES.has(type)));
  const options = types.map((type) => ({ value: type, ...LABELS[type] }));
  return (
    <FormCard title="Grant types" description="How the client gets tokens." action={changeGrantsAction} {...form}>
      <CheckList
        label="Grant types"
        hideLabel
        name="grant_types"
        options={options}
        defaultChecked={client.grant_types}
      />
      {client.public ? (
        <p className="text-sm text-ink-muted">
          A public client’s refresh token changes with each use. If an old token is used again, Foyer revokes the
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
    </FormCard>
  );
}
