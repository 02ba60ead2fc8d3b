/**
 * Finds the route of a path. Per segment, static precedes dynamic precedes catch-all, as in Next.
 */
import type { Handler } from "./handler";

export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
export type RouteModule = Partial<Record<Method, Handler>>;

export interface Match {
  module: RouteModule;
  /** The pattern, as the folders spell it: `/api/v1/apps/[app_id]/users`. */
  route: string;
  params: Record<string, string | string[]>;
}

interface Branch {
  statics: Map<string, Branch>;
  dynamic: { name: string; branch: Branch } | null;
  catchAll: ({ name: string } & Endpoint) | null;
  endpoint: Endpoint | null;
}

type Endpoint = Pick<Match, "module" | "route">;

export type Router = (pathname: string) => Match | null;

function newBranch(): Branch {
  return { statics: new Map(), dynamic: null, catchAll: null, endpoint: null };
}

function add(root: Branch, path: string, module: RouteModule): void {
  let branch = root;
  for (const segment of path.split("/").filter(Boolean)) {
    const [, rest, name] = /^\[(\.\.\.)?(\w+)\]$/.exec(segment) ?? [];
    if (name && rest) {
      branch.catchAll = { name, module, route: path };
      return;
    }
    if (name) {
      branch.dynamic ??= { name, branch: newBranch() };
      branch = branch.dynamic.branch;
      continue;
    }
    const next = branch.statics.get(segment) ?? newBranch();
    branch.statics.set(segment, next);
    branch = next;
  }
  branch.endpoint = { module, route: path };
}

function find(branch: Branch, segments: string[], index: number): Match | null {
  const segment = segments[index];
  if (segment === undefined) {
    const { endpoint } = branch;
    return endpoint && { module: endpoint.module, route: endpoint.route, params: {} };
  }
  const fixed = branch.statics.get(segment);
  const exact = fixed && find(fixed, segments, index + 1);
  if (exact) return exact;
  // An empty segment, as in `/users//`, fills no parameter.
  const below = segment !== "" && branch.dynamic && find(branch.dynamic.branch, segments, index + 1);
  if (below && branch.dynamic) {
    below.params[branch.dynamic.name] = segment;
    return below;
  }
  if (!branch.catchAll) return null;
  const { name, module, route } = branch.catchAll;
  return { module, route, params: { [name]: segments.slice(index) } };
}

/** The router @throws URIError for an invalid percent-encoding */
export function createRouter(routes: { path: string; module: RouteModule }[]): Router {
  const root = newBranch();
  for (const { path, module } of routes) add(root, path, module);
  return (pathname) => {
    const trimmed = pathname.endsWith("/") ? pathname.slice(1, -1) : pathname.slice(1);
    const raw = trimmed === "" ? [] : trimmed.split("/");
    return find(root, pathname.includes("%") ? raw.map(decodeURIComponent) : raw, 0);
  };
}
