// Who can create a developer account on this server. For the installation's first developer.
import { FormCard } from "@/app/_ui/form-card";
import { FormSelect } from "@/app/_ui/form-field";
import type { AppSettings } from "@/lib/apps/settings";
import { changeSignUpsAction } from "./actions";

const POLICIES = [
  { value: "open", label: "Open: any visitor" },
  { value: "invite_only", label: "By invitation: people who are invited to a team" },
];

export function SignUpsCard({ signups }: { signups: AppSettings["signups"] }) {
  return (
    <FormCard
      title="Developer accounts on this server"
      description="You created the first account on this server, so you decide who else can create one."
      action={changeSignUpsAction}
      hidden={{}}
      readOnly={false}
      success="Settings saved"
    >
      <FormSelect
        label="Who can sign up"
        name="signups"
        options={POLICIES}
        defaultValue={signups === "open" ? "open" : "invite_only"}
      />
    </FormCard>
  );
}
