// Profile of the user: the claims of OpenID Connect Core §5.1, the common ones first.
import type { ReactNode } from "react";
import { FormCard } from "@/app/_ui/form-card";
import { FormField, FormTextarea } from "@/app/_ui/form-field";
import { FormSwitch } from "@/app/_ui/switch";
import { changeProfileAction } from "./actions";
import type { UserCardProps } from "./card-props";
import { MoreFields } from "./more-fields";

type ProfileField = { name: string; label: string; type?: "url"; hint?: string };

const common = [
  { name: "given_name", label: "Given name" },
  { name: "family_name", label: "Family name" },
] satisfies ProfileField[];

const rare = [
  { name: "middle_name", label: "Middle name" },
  { name: "nickname", label: "Nickname" },
  { name: "preferred_username", label: "Preferred username" },
  { name: "birthdate", label: "Date of birth", hint: "YYYY-MM-DD or YYYY" },
  { name: "gender", label: "Gender" },
  { name: "locale", label: "Locale", hint: "For example, de-CH" },
  { name: "zoneinfo", label: "Time zone", hint: "For example, Europe/Zurich" },
  { name: "profile", label: "Profile page", type: "url" },
  { name: "website", label: "Website", type: "url" },
] satisfies ProfileField[];

const address = [
  { name: "locality", label: "City" },
  { name: "region", label: "State or region" },
  { name: "postal_code", label: "Postal code" },
  { name: "country", label: "Country" },
] satisfies ProfileField[];

/** Several lines each. */
const addressTexts = [
  { name: "street_address", label: "Street address" },
  { name: "formatted", label: "Full address", hint: "For display. Applications get it beside the other fields." },
] as const;

const contactNames = [
  "phone_number",
  "phone_number_verified",
  ...[...address, ...addressTexts].map(({ name }) => name),
];

function ContactFields({ user, field }: Pick<UserCardProps, "user"> & { field: (one: ProfileField) => ReactNode }) {
  return (
    <MoreFields summary="Phone and address" names={contactNames}>
      <div className="grid gap-x-5 gap-y-5 sm:grid-cols-2">
        {field({ name: "phone_number", label: "Phone number", hint: "For example, +12025550123" })}
        <FormSwitch
          name="phone_number_verified"
          label="Phone number is verified"
          defaultOn={user.phone_number_verified ?? false}
          hint="Turn this on only if you have checked that the user owns the number."
        />
        {addressTexts.map(({ name, ...rest }) => (
          <FormTextarea
            key={name}
            name={name}
            {...rest}
            rows={2}
            defaultValue={user.address?.[name] ?? ""}
            autoComplete="off"
          />
        ))}
        {address.map(field)}
      </div>
    </MoreFields>
  );
}

export function ProfileCard({ user, readOnly, hidden }: UserCardProps) {
  const values: Record<string, unknown> = { ...user, ...user.address };
  const value = (name: string) => values[name]?.toString() ?? "";
  const field = ({ name, label, type, hint }: ProfileField) => (
    <FormField
      key={name}
      name={name}
      label={label}
      type={type}
      hint={hint}
      defaultValue={value(name)}
      autoComplete="off"
      dir={type === "url" ? "ltr" : "auto"}
    />
  );

  return (
    <FormCard
      title="Profile"
      action={changeProfileAction}
      hidden={hidden}
      readOnly={readOnly}
      submit="Save profile"
      success="Profile saved"
    >
      <div className="grid gap-x-5 gap-y-5 sm:grid-cols-2">
        {field({ name: "name", label: "Name" })}
        <FormField
          name="email"
          label="Email address"
          type="email"
          dir="ltr"
          defaultValue={user.email ?? ""}
          maxLength={320}
          autoComplete="off"
        />
        {common.map(field)}
        <div className="sm:col-span-2">{field({ name: "picture", label: "Picture", type: "url" })}</div>
      </div>
      <FormSwitch
        name="email_verified"
        label="Email address is verified"
        defaultOn={user.email_verified}
        hint="Turn this on only if you have checked that the user owns the address."
      />
      <ContactFields user={user} field={field} />
      <MoreFields summary="More fields" names={[...rare.map(({ name }) => name), "external_id"]}>
        <div className="grid gap-x-5 gap-y-5 sm:grid-cols-2">
          {rare.map(field)}
          {field({ name: "external_id", label: "External ID", hint: "The user’s ID in another system." })}
        </div>
      </MoreFields>
    </FormCard>
  );
}
