// The fields of a connection, the same when it is made and when it is changed.
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

/** Who the App is at the provider. */
export function CredentialFields({ provider, connection }: FieldsProps) {
  const { issuer, openid } = PROVIDERS[provider];
  return (
    <>
      {issuer && <Address label="Issuer" name="issuer" value={connection?.issuer} {...issuer} />}
      <FormField
        label="Client id"
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
  if (connection?.has_secret) return "There is one, and it is never shown. Leave this empty to keep it.";
  if (openid && connection) return "There is none: the connection proves itself by PKCE alone.";
  return undefined;
}

/** How the outcome gets to the App. */
export function ReturnFields({ connection }: { connection?: ShownConnection }) {
  return (
    <>
      <FormTextarea
        label="Return URLs"
        name="redirect_uris"
        subject="The line"
        hint="Where your own pages take people back, one per line. The App's return URLs count as well; the hosted pages need none."
        placeholder="https://blog.example.com/signed-in"
        defaultValue={connection?.redirect_uris.join("\n")}
        rows={3}
        spellCheck={false}
        optional
        dir="ltr"
      />
      <FormSelect
        label="What your return URL gets"
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
        <Address label="Authorization endpoint" name="authorization_url" value={connection?.authorization_url} />
        <Address label="Token endpoint" name="token_url" value={connection?.token_url} />
        <Address
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
      label="People may use it"
      name="enabled"
      defaultOn={connection?.enabled ?? true}
      hint="Switched off, its button is gone and its addresses refuse. You can test it all the same."
    />
  );
}

type AddressProps = {
  label: string;
  name: string;
  hint?: ReactNode;
  placeholder?: string;
  value?: string | null;
  required?: boolean;
};

function Address({ value, required, ...field }: AddressProps) {
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
