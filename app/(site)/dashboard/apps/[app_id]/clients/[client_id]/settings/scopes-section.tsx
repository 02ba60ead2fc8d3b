// Scopes that an application may request.

import { Section } from "@/app/_ui/section";
import { TextLink } from "@/app/_ui/text-link";
import type { Scope } from "@/lib/oauth/scopes/descriptions";
import { ScopeList } from "../../scope-list";
import type { SectionProps } from "./section-props";

type ScopesSectionProps = SectionProps & { known: Scope[]; scopesPath: string };

export function ScopesSection({ client, known, scopesPath }: ScopesSectionProps) {
  return (
    <Section
      title="Scopes"
      description={
        <>
          The scopes that the application may request. After you remove a scope, refreshed tokens no longer contain it.{" "}
          <TextLink href={scopesPath}>Manage scopes</TextLink>
        </>
      }
    >
      <ScopeList label="Scopes" quietLabel known={known} checked={client.scopes} />
    </Section>
  );
}
