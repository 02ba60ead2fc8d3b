// Profile of the user: the claims of OpenID Connect Core §5.1, the common ones first.
import { FormCard } from "@/app/_ui/form-card";
import { FormField } from "@/app/_ui/form-field";
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

export function ProfileCard({ user, readOnly, hidden }: UserCardProps) {
  const value = (name: string) => (user as Record<string, unknown>)[name]?.toString() ?? "";
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
      <MoreFields summary="More fields" names={[...rare.map(({ name }) => name), "external_id"]}>
        <div className="grid gap-x-5 gap-y-5 sm:grid-cols-2">
          {rare.map(field)}
          {field({ name: "external_id", label: "External ID", hint: "The user’s ID in another system." })}
        </div>
      </MoreFields>
    </FormCard>
  );
}
