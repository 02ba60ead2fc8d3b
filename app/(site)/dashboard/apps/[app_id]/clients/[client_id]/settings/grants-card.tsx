// The ways in which the client gets tokens.
import { CheckList } from "@/app/_ui/check-list";
import { FormCard } from "@/app/_ui/form-card";
import { FormSelect } from "@/app/_ui/form-field";
import type { ClientInput } from "@/lib/oauth/clients/inputs";
import { changeGrantsAction } from "../../actions";
import type { ClientCardProps } from "./card-props";

const GRANTS: { value: ClientInput["grant_types"][number]; label: string; about: string }[] = [
  { value: "authorization_code", label: "Authorization code", about: "A user signs in and consents." },
  {
    value: "refresh_token",
    label: "Refresh token",
    about: "It stays connected while the user is away, if they allowed offline_access.",
  },
  { value: "client_credentials", label: "Client credentials", about: "It acts for itself, without a user." },
];

const REFRESH = [
  { value: "", label: "Stays the same" },
  { value: "rotate", label: "Changes with each use" },
];

export function GrantsCard({ client, ...form }: ClientCardProps) {
  const options = GRANTS.filter(({ value }) => !(client.public && value === "client_credentials"));
  return (
    <FormCard title="Grants" description="In which ways it gets tokens." action={changeGrantsAction} {...form}>
      <CheckList label="What it may use" name="grant_types" options={options} defaultChecked={client.grant_types} />
      {client.public ? (
        <p className="text-sm text-ink-muted">
          It has no secret, so its refresh token changes with each use: when a stolen one is used, both stop working.
        </p>
      ) : (
        <FormSelect
          label="Its refresh token"
          name="refresh"
          options={REFRESH}
          hint="With a secret beside it, one that stays is safe, and nothing is lost when an answer does not arrive."
          defaultValue={client.refresh === "rotate" ? "rotate" : ""}
        />
      )}
    </FormCard>
  );
}
