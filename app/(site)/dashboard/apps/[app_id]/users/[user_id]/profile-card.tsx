// Who the user is: the claims of OpenID Connect Core §5.1, the usual ones first.
import { FormCard } from "@/app/_ui/form-card";
import { FormField } from "@/app/_ui/form-field";
import { FormSwitch } from "@/app/_ui/switch";
import { changeProfileAction } from "./actions";
import type { UserCardProps } from "./card-props";
import { MoreFields } from "./more-fields";

type ProfileField = { name: string; label: string; type?: "url"; hint?: string };

const usual = [
  { name: "given_name", label: "Given name" },
  { name: "family_name", label: "Family name" },
] satisfies ProfileField[];

const rare = [
  { name: "middle_name", label: "Middle name" },
  { name: "nickname", label: "Nickname" },
  { name: "preferred_username", label: "Preferred username" },
  { name: "birthdate", label: "Birthdate", hint: "YYYY-MM-DD or YYYY" },
  { name: "gender", label: "Gender" },
  { name: "locale", label: "Locale", hint: "Like de-CH" },
  { name: "zoneinfo", label: "Time zone", hint: "Like Europe/Zurich" },
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
      success="The profile is saved"
    >
      <div className="grid gap-x-5 gap-y-5 sm:grid-cols-2">
        {field({ name: "name", label: "Name" })}
        <FormField
          name="email"
          label="E-mail address"
          type="email"
          dir="ltr"
          defaultValue={user.email ?? ""}
          maxLength={320}
          autoComplete="off"
        />
        {usual.map(field)}
        <div className="sm:col-span-2">{field({ name: "picture", label: "Picture", type: "url" })}</div>
      </div>
      <FormSwitch
        name="email_verified"
        label="E-mail is verified"
        defaultOn={user.email_verified}
        hint="Somebody made sure that this address is theirs."
      />
      <MoreFields summary="More about this user" names={[...rare.map(({ name }) => name), "external_id"]}>
        <div className="grid gap-x-5 gap-y-5 sm:grid-cols-2">
          {rare.map(field)}
          {field({ name: "external_id", label: "External id", hint: "Their id in the system they came from." })}
        </div>
      </MoreFields>
    </FormCard>
  );
}
