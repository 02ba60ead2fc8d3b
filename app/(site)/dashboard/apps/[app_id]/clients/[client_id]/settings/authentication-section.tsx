// Client authentication, public keys and PKCE of an application.
import { FormSelect, FormTextarea } from "@/app/_ui/form-field";
import { Section } from "@/app/_ui/section";
import { CLIENT_ALGS } from "./algorithms";
import type { SectionProps } from "./section-props";
import { UrlField } from "./url-field";

const METHODS = [
  { value: "", label: "Client secret: HTTP Basic or request body" },
  { value: "client_secret_basic", label: "Client secret: HTTP Basic (client_secret_basic)" },
  { value: "client_secret_post", label: "Client secret: request body (client_secret_post)" },
  { value: "private_key_jwt", label: "Private key: signed assertion (private_key_jwt)" },
];

const PKCE = [
  { value: "optional", label: "Optional" },
  { value: "required", label: "Required" },
];

export function AuthenticationSection({ client }: SectionProps) {
  return (
    <Section title="Client authentication" description="How the application proves its identity to the endpoints.">
      {client.public ? (
        <p className="text-sm text-ink-muted">
          A public application has no secret. PKCE is always required, so an intercepted code can’t be used.
        </p>
      ) : (
        <>
          <FormSelect
            label="Method"
            name="token_endpoint_auth_method"
            options={METHODS}
            hint="With a private key, nothing secret is stored at Foyer (RFC 7523). It needs the public keys below."
            defaultValue={client.token_endpoint_auth_method ?? ""}
          />
          <FormSelect
            label="Algorithm of assertions"
            name="token_endpoint_auth_signing_alg"
            options={CLIENT_ALGS}
            defaultValue={client.token_endpoint_auth_signing_alg ?? ""}
          />
        </>
      )}
      <FormTextarea
        label="Public keys (JWK set)"
        name="jwks"
        defaultValue={client.jwks ? JSON.stringify(client.jwks, null, 2) : ""}
        placeholder='{ "keys": [ … ] }'
        hint="Only public keys. Needed for private_key_jwt and for signed requests."
        mono
        rows={5}
        spellCheck={false}
        dir="ltr"
        optional
      />
      <UrlField
        label="URL of the public keys"
        name="jwks_uri"
        value={client.jwks_uri}
        hint="Instead of the keys themselves, so that the application can rotate them."
      />
      {!client.public && (
        <FormSelect
          label="PKCE"
          name="pkce"
          options={PKCE}
          hint="Protects authorization codes against interception. Require it if the library supports it. A challenge that the application sends is always checked."
          defaultValue={client.pkce}
        />
      )}
    </Section>
  );
}
