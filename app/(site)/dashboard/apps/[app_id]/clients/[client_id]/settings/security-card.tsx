// How the client proves itself, and how far it is trusted.
import { FormCard } from "@/app/_ui/form-card";
import { FormSelect } from "@/app/_ui/form-field";
import { FormSwitch } from "@/app/_ui/switch";
import { changeSecurityAction } from "../../actions";
import type { ClientCardProps } from "./card-props";

const METHODS = [
  { value: "", label: "In the header or in the body, as it likes" },
  { value: "client_secret_basic", label: "In the Authorization header (client_secret_basic)" },
  { value: "client_secret_post", label: "In the body (client_secret_post)" },
];

const PKCE = [
  { value: "required", label: "Required" },
  { value: "optional", label: "Optional, for a library that does not know it" },
];

export function SecurityCard({ client, ...form }: ClientCardProps) {
  return (
    <FormCard
      title="Security"
      description="How it proves that it is itself, and how far you trust it."
      action={changeSecurityAction}
      {...form}
    >
      {client.public ? (
        <p className="text-sm text-ink-muted">
          It has no secret. PKCE is always required of it, so that a code is worth nothing to anybody else.
        </p>
      ) : (
        <>
          <FormSelect
            label="Its secret comes"
            name="token_endpoint_auth_method"
            options={METHODS}
            defaultValue={client.token_endpoint_auth_method ?? ""}
          />
          <FormSelect
            label="PKCE"
            name="pkce"
            options={PKCE}
            hint="Protects each code against whoever intercepts it."
            defaultValue={client.pkce}
          />
        </>
      )}
      <FormSwitch
        label="First party"
        name="first_party"
        defaultOn={client.first_party}
        hint="It is your own: users are not asked for their consent. Never switch this on for somebody else’s."
      />
      {!client.public && (
        <FormSwitch
          label="Resource server"
          name="resource_server"
          defaultOn={client.resource_server}
          hint="It is an API of yours: it may introspect every access token of this App, not only its own."
        />
      )}
    </FormCard>
  );
}
