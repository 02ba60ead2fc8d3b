// Fields of a resource: identifier, name, scopes, token lifetime and default.
import { formatDuration } from "@/app/_ui/duration";
import { DurationField } from "@/app/_ui/duration-field";
import { FormField } from "@/app/_ui/form-field";
import { FormSwitch } from "@/app/_ui/switch";
import type { Scope } from "@/lib/oauth/scopes/descriptions";
import { ScopeList } from "../clients/scope-list";
import type { ResourceItem } from "./resource-item";

type ResourceFieldsProps = {
  resource?: ResourceItem;
  /** The scopes that no other resource has. */
  scopes: Scope[];
  /** Lifetime of access tokens in seconds, if the resource has none of its own. */
  usualTtl: number;
};

export function ResourceFields({ resource, scopes, usualTtl }: ResourceFieldsProps) {
  return (
    <>
      <FormField
        label="Name"
        name="name"
        placeholder="Photos API"
        defaultValue={resource?.name}
        maxLength={200}
        autoComplete="off"
        required
      />
      <FormField
        label="Identifier"
        name="identifier"
        placeholder="https://api.example.com/photos"
        hint="The URI that applications send as resource, and the audience (aud) of its tokens. Usually the URL of the API."
        defaultValue={resource?.identifier}
        maxLength={2000}
        spellCheck={false}
        autoComplete="off"
        dir="ltr"
        required
      />
      {scopes.length > 0 && <ScopeList label="Scopes" known={scopes} checked={resource?.scopes ?? []} />}
      <DurationField
        label="Access token lifetime"
        name="access_token_ttl_seconds"
        defaultSeconds={resource?.accessTokenTtlSeconds ?? null}
        otherwise={usualTtl}
        hint={`Without a value, the application’s or the app’s lifetime applies: ${formatDuration(usualTtl)}.`}
        optional
      />
      <FormSwitch
        label="Default"
        name="default"
        defaultOn={resource?.isDefault}
        hint="Tokens are issued for this resource if a request names none. An app has one default at most."
      />
    </>
  );
}
