// Scopes that a client may request.
import { FormCard } from "@/app/_ui/form-card";
import { TextLink } from "@/app/_ui/text-link";
import type { Scope } from "@/lib/oauth/scopes/descriptions";
import { changeScopesAction } from "../../actions";
import { ScopeList } from "../../scope-list";
import type { ClientCardProps } from "./card-props";

type ScopesCardProps = ClientCardProps & { known: Scope[]; scopesPath: string };

export function ScopesCard({ client, known, scopesPath, ...form }: ScopesCardProps) {
  return (
    <FormCard
      title="Scopes"
      description={
        <>
          The scopes that the client may request. After you remove a scope, refreshed tokens no longer contain it.{" "}
          <TextLink href={scopesPath}>Manage scopes</TextLink>
        </>
      }
      action={changeScopesAction}
      {...form}
    >
      <ScopeList label="Scopes" quietLabel known={known} checked={client.scopes} />
    </FormCard>
  );
}
