// Form fields of a new or an existing connection.
import type { ReactNode } from "react";
import { FormField, FormSelect, FormTextarea } from "@/app/_ui/form-field";
import { PasswordField } from "@/app/_ui/password-field";
import { FormSwitch } from "@/app/_ui/switch";
import type { connectionAnswer } from "@/lib/social/connections";
import { PROVIDERS, type ProviderName } from "@/lib/social/list";
import { DELIVERIES, DELIVERY_HINT } from "../deliveries";
import { MoreFields } from "../users/[user_id]/more-fields";

export type ShownConnection = ReturnType<typeof connectionAnswer>;

type FieldsProps = { provider: ProviderName; connection?: ShownConnection };

/** The credentials of the app at the provider. */
export function CredentialFields({ provider, connection }: FieldsProps) {
  const { issuer, openid } = PROVIDERS[provider];
  return (
    <>
      {issuer && <UrlField label="Issuer" name="issuer" value={connection?.issuer} {...issuer} />}
      <FormField
        label="Client ID"
        name="client_id"
        defaultValue={connection?.client_id}
        maxLength={2000}
        autoComplete="off"
        spellCheck={false}
        dir="ltr"
        required
      />
      <PasswordField
        label="Client secret"
        name="client_secret"
        autoComplete="off"
        hint={secretHint(connection, openid)}
        optional={connection !== undefined || issuer?.required}
      />
    </>
  );
}

function secretHint(connection: ShownConnection | undefined, openid: boolean): string | undefined {
  if (connection?.has_secret) return "Stored. Leave empty to keep the current secret.";
  if (openid && connection) return "Not set. The connection authenticates with PKCE only.";
  return undefined;
}

/** Where and how the app receives the result of a sign-in. */
export function ReturnFields({ connection }: { connection?: ShownConnection }) {
  return (
    <>
      <FormTextarea
        label="Return URLs"
        name="redirect_uris"
        subject="The line"
        hint="Where users return to your pages, one URL per line. The app’s return URLs are allowed, too. Hosted pages need none."
        placeholder="https://blog.example.com/signed-in"
        defaultValue={connection?.redirect_uris.join("\n")}
        rows={3}
        spellCheck={false}
        optional
        dir="ltr"
      />
      <FormSelect
        label="Response type"
        name="delivery"
        options={DELIVERIES}
        defaultValue={connection?.delivery ?? "code"}
        hint={DELIVERY_HINT}
      />
    </>
  );
}

const ADVANCED = ["display_name", "scopes", "authorization_url", "token_url", "api_url"];

function isUnusual(connection: ShownConnection | undefined): boolean {
  return Boolean(connection?.authorization_url || connection?.token_url || connection?.api_url);
}

export function AdvancedFields({ provider, connection }: FieldsProps) {
  const { label, scopes, openid, apiHint } = PROVIDERS[provider];
  return (
    <MoreFields summary="Name on the button, scopes, other endpoints" names={ADVANCED} unusual={isUnusual(connection)}>
      <div className="grid gap-5">
        <FormField
          label="Name on the button"
          name="display_name"
          subject="The name"
          hint="Continue with …"
          placeholder={label}
          defaultValue={connection?.display_name ?? undefined}
          maxLength={60}
          autoComplete="off"
          optional
        />
        <FormField
          label="Scopes"
          name="scopes"
          subject="The scope"
          hint="Empty: the usual ones."
          placeholder={scopes.join(" ")}
          defaultValue={connection?.scopes.join(" ")}
          autoComplete="off"
          spellCheck={false}
          optional
          dir="ltr"
        />
        <UrlField label="Authorization endpoint" name="authorization_url" value={connection?.authorization_url} />
        <UrlField label="Token endpoint" name="token_url" value={connection?.token_url} />
        <UrlField
          label={openid ? "Userinfo endpoint" : "API"}
          name="api_url"
          value={connection?.api_url}
          hint={apiHint}
        />
      </div>
    </MoreFields>
  );
}

export function EnabledField({ connection }: { connection?: ShownConnection }) {
  return (
    <FormSwitch
      label="Enabled"
      name="enabled"
      defaultOn={connection?.enabled ?? true}
      hint="When disabled, the button is hidden and sign-ins are rejected. You can still test the connection."
    />
  );
}

type UrlFieldProps = {
  label: string;
  name: string;
  hint?: ReactNode;
  placeholder?: string;
  value?: string | null;
  required?: boolean;
};

function UrlField({ value, required, ...field }: UrlFieldProps) {
  return (
    <FormField
      {...field}
      type="url"
      defaultValue={value ?? undefined}
      maxLength={2000}
      autoComplete="off"
      spellCheck={false}
      required={required}
      optional={!required}
      dir="ltr"
    />
  );
}
