// How the client proves itself, and how far it is trusted.
import { FormCard } from "@/app/_ui/form-card";
import { FormField, FormSelect } from "@/app/_ui/form-field";
import { FormSwitch } from "@/app/_ui/switch";
import { SIGNING_ALGS } from "@/lib/apps/signing-keys";
import type { clientAnswer } from "@/lib/oauth/clients/clients";
import type { SettingsCardProps } from "../../settings/card-props";
import { changeSecurityAction } from "../actions";

type SecurityCardProps = Omit<SettingsCardProps, "settings"> & { client: ReturnType<typeof clientAnswer> };

const METHODS = [
  { value: "", label: "Header or body, whichever it uses" },
  { value: "client_secret_basic", label: "Authorization header (client_secret_basic)" },
  { value: "client_secret_post", label: "Body (client_secret_post)" },
];

const PKCE = [
  { value: "required", label: "Required" },
  { value: "optional", label: "Optional: for libraries that do not know it" },
];

const REFRESH = [
  { value: "", label: "Stays the same" },
  { value: "rotate", label: "Changes with each use" },
];

export function SecurityCard({ client, ...form }: SecurityCardProps) {
  return (
    <FormCard
      title="Security"
      description="Sensible as it is. What is given up here, nobody gets back."
      action={changeSecurityAction}
      {...form}
    >
      <Grants client={client} />
      {!client.public && (
        <>
          <FormSelect
            label="How it shows its secret"
            name="token_endpoint_auth_method"
            options={METHODS}
            defaultValue={client.token_endpoint_auth_method ?? ""}
          />
          <FormSelect label="PKCE" name="pkce" options={PKCE} defaultValue={client.pkce} />
          <FormSelect
            label="Its refresh token"
            name="refresh"
            options={REFRESH}
            defaultValue={client.refresh === "rotate" ? "rotate" : ""}
          />
        </>
      )}
      <FormSelect
        label="ID tokens are signed with"
        name="id_token_signed_response_alg"
        options={[...SIGNING_ALGS].reverse().map((alg) => ({ value: alg, label: alg }))}
        defaultValue={client.id_token_signed_response_alg}
      />
      <FormField
        label="Sign-in not older than"
        name="default_max_age"
        subject="The age"
        hint="Seconds. Users whose sign-in is older are asked again."
        defaultValue={client.default_max_age === null ? "" : String(client.default_max_age)}
        inputMode="numeric"
        autoComplete="off"
        optional
      />
      <FormSwitch
        label="Profile and e-mail in ID tokens"
        name="claims_in_id_token"
        defaultOn={client.claims_in_id_token}
        hint="Switched off, the client asks userinfo for them."
      />
      <FormSwitch
        label="Always say when the user signed in"
        name="require_auth_time"
        defaultOn={client.require_auth_time}
        hint="auth_time in each ID token."
      />
      <FormSwitch
        label="First party"
        name="first_party"
        defaultOn={client.first_party}
        hint="It is yours: users are not asked for consent."
      />
      {!client.public && (
        <FormSwitch
          label="Resource server"
          name="resource_server"
          defaultOn={client.resource_server}
          hint="It may introspect every access token of this App, not only its own."
        />
      )}
    </FormCard>
  );
}

const GRANTS = [
  { value: "authorization_code", label: "Users sign in (authorization_code)" },
  { value: "refresh_token", label: "Stays connected (refresh_token)" },
  { value: "client_credentials", label: "Acts for itself (client_credentials)" },
] as const;

function Grants({ client }: Pick<SecurityCardProps, "client">) {
  const offered = GRANTS.filter(({ value }) => !(client.public && value === "client_credentials"));
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">What it may do</legend>
      <div className="grid gap-2">
        {offered.map(({ value, label }) => (
          <label key={value} className="flex items-center gap-3 text-sm">
            <input
              type="checkbox"
              name={`grant:${value}`}
              defaultChecked={client.grant_types.includes(value)}
              className="size-4 shrink-0 accent-accent"
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
