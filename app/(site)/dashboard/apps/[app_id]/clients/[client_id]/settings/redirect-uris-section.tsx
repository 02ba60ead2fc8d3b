// Redirect URIs and post-logout redirect URIs of an application.
import { ListField } from "@/app/_ui/list-field";
import { Section } from "@/app/_ui/section";
import { typeOfClient } from "../../types";
import type { SectionProps } from "./section-props";

export function RedirectUrisSection({ client }: SectionProps) {
  const { redirect } = typeOfClient(client);
  return (
    <Section
      title="Redirect URIs"
      description={
        redirect
          ? "Foyer redirects users only to these URIs and rejects all others."
          : "Only needed if users sign in with this application."
      }
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
        hint="Where the application may redirect users after they sign out."
        optional
      />
    </Section>
  );
}
