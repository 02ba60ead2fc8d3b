// The scopes of the app, grouped by the resource that they belong to (RFC 8707).
import type { App } from "@/lib/apps/apps";
import type { Resource } from "@/lib/oauth/resources/resource";
import { IsolatedText } from "../isolated-text";
import type { RequestedScope } from "./requested-scopes";
import { ScopeList } from "./scope-list";

type AccessListsProps = {
  app: App;
  /** The requested resources. */
  resources: Resource[];
  scopes: RequestedScope[];
};

export function AccessLists({ app, resources, scopes }: AccessListsProps) {
  const isOf = (resource: Resource, { name }: RequestedScope) => resource.scopes.includes(name);
  const own = scopes.filter((scope) => !resources.some((resource) => isOf(resource, scope)));
  return (
    <>
      <ScopeList
        id="access"
        title={
          <>
            Your data at <IsolatedText>{app.name}</IsolatedText>
          </>
        }
        scopes={own}
      />
      {resources.map((resource) => (
        <ResourceAccess
          key={resource.id}
          resource={resource}
          scopes={scopes.filter((scope) => isOf(resource, scope))}
        />
      ))}
    </>
  );
}

function ResourceAccess({ resource, scopes }: { resource: Resource; scopes: RequestedScope[] }) {
  const id = `access-${resource.id}`;
  const title = <IsolatedText>{resource.name}</IsolatedText>;
  if (scopes.length > 0) return <ScopeList id={id} title={title} scopes={scopes} />;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="line-clamp-2 text-sm font-medium text-ink-muted">
        {title}
      </h2>
      <p className="mt-2 text-sm">Use this service with your account</p>
    </section>
  );
}
