// Redirect URIs and post-logout redirect URIs of a client.
import { FormCard } from "@/app/_ui/form-card";
import { ListField } from "@/app/_ui/list-field";
import { changeRedirectUrisAction } from "../../actions";
import { typeOfClient } from "../../types";
import type { ClientCardProps } from "./card-props";

export function RedirectUrisCard({ client, ...form }: ClientCardProps) {
  const { redirect } = typeOfClient(client);
  return (
    <FormCard
      title="Redirect URIs"
      description={
        redirect
          ? "Foyer redirects users only to these URIs and rejects all others."
          : "Only needed if users sign in with this client."
      }
      action={changeRedirectUrisAction}
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
        hint="Where the client may redirect users after they sign out."
        optional
      />
    </FormCard>
  );
}
