// Index of the endpoints of a group.
import { groupHref } from "./links";
import { MethodName, PathText } from "./method";
import type { ReferenceGroup } from "./reference";

export function EndpointIndex({ group }: { group: ReferenceGroup }) {
  return (
    <ul className="divide-y divide-line border-y border-line text-sm">
      {group.endpoints.map(({ id, method, path, summary }) => (
        <li key={id}>
          <a
            href={`${groupHref(group.slug)}#${id}`}
            className="group grid gap-x-4 py-2 -outline-offset-2 sm:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] sm:items-baseline"
          >
            <span className="group-hover:text-accent">{summary}</span>
            <span className="grid grid-cols-[3.5rem_minmax(0,1fr)] items-baseline">
              <MethodName method={method} />
              <PathText path={path} />
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
