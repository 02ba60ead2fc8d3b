// Client authentication, PKCE and trust of a client.
import { FormCard } from "@/app/_ui/form-card";
import { FormSelect } from "@/app/_ui/form-field";
import { FormSwitch } from "@/app/_ui/switch";
import { changeSecurityAction } from "../../actions";
import type { ClientCardProps } from "./card-props";

const METHODS = [
  { value: "", label: "HTTP Basic or request body" },
  { value: "client_secret_basic", label: "HTTP Basic (client_secret_basic)" },
  { value: "client_secret_post", label: "Request body (client_secret_post)" },
];

const PKCE = [
  { value: "optional", label: "Optional" },
  { value: "required", label: "Required" },
];

export function SecurityCard({ client, ...form }: ClientCardProps) {
  return (
    <FormCard title="Security" description="Client authentication and trust." action={changeSecurityAction} {...form}>
      {client.public ? (
        <p className="text-sm text-ink-muted">
          A public client has no secret. PKCE is always required, so an intercepted code can’t be used.
        </p>
      ) : (
        <>
          <FormSelect
            label="Client authentication"
            name="token_endpoint_auth_method"
            options={METHODS}
            defaultValue={client.token_endpoint_auth_method ?? ""}
          />
          <FormSelect
            label="PKCE"
            name="pkce"
            options={PKCE}
            hint="Protects authorization codes against interception. Require it if the client’s library supports it. A challenge that the client sends is always checked."
            defaultValue={client.pkce}
          />
        </>
      )}
      <FormSwitch
        label="First-party"
        name="first_party"
        defaultOn={client.first_party}
        hint="This is your own application, so users aren’t asked for consent. Never enable this for a third party."
      />
      {!client.public && (
        <FormSwitch
          label="Resource server"
          name="resource_server"
          defaultOn={client.resource_server}
          hint="This is your own API, so it may introspect all access tokens of this app, not only its own."
        />
      )}
    </FormCard>
  );
}
