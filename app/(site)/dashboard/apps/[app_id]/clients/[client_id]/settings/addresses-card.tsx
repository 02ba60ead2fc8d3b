// Where browsers may be sent on behalf of the client.
import { FormCard } from "@/app/_ui/form-card";
import { ListField } from "@/app/_ui/list-field";
import { changeAddressesAction } from "../../actions";
import { typeOfClient } from "../../types";
import type { ClientCardProps } from "./card-props";

export function AddressesCard({ client, ...form }: ClientCardProps) {
  const { redirect } = typeOfClient(client);
  return (
    <FormCard
      title="Addresses"
      description={
        redirect
          ? "The only places where answers and users are sent. Anything else is refused, so that nobody can divert them."
          : "Needed only when users sign in with it."
      }
      action={changeAddressesAction}
      {...form}
    >
      <ListField
        label="Redirect URIs"
        entry="Redirect URI"
        name="redirect_uris"
        defaultValues={client.redirect_uris}
        placeholder={redirect?.example ?? "https://photos.example.com/callback"}
        hint={redirect?.hint}
        optional={!redirect}
      />
      <ListField
        label="Post-logout redirect URIs"
        entry="Post-logout redirect URI"
        name="post_logout_redirect_uris"
        defaultValues={client.post_logout_redirect_uris}
        placeholder="https://photos.example.com/goodbye"
        hint="Where it may send users after they have signed out."
        optional
      />
    </FormCard>
  );
}
