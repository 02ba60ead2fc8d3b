// What the client may ask for.
import { FormCard } from "@/app/_ui/form-card";
import { TextLink } from "@/app/_ui/text-link";
import type { Scope } from "@/lib/oauth/scopes/scopes";
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
          What it may ask for. Users are asked for their consent; what is unticked here is not renewed. There are{" "}
          <TextLink href={scopesPath}>more to define</TextLink>.
        </>
      }
      action={changeScopesAction}
      {...form}
    >
      <ScopeList label="Scopes" quietLabel known={known} ticked={client.scopes} />
    </FormCard>
  );
}
