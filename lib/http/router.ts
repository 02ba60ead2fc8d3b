/** Finds the handler of a path: per segment static before dynamic before catch-all, as Next does. */
import type { Handler } from "./route";

export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
export type RouteModule = Partial<Record<Method, Handler>>;

export interface Match {
  module: RouteModule;
  params: Record<string, string | string[]>;
}

interface Branch {
  statics: Map<string, Branch>;
  dynamic: { name: string; branch: Branch } | null;
  catchAll: { name: string; module: RouteModule } | null;
  module: RouteModule | null;
}

export type Router = (pathname: string) => Match | null;

function newBranch(): Branch {
  return { statics: new Map(), dynamic: null, catchAll: null, module: null };
}

function add(root: Branch, path: string, module: RouteModule): void {
  let branch = root;
  for (const segment of path.split("/").filter(Boolean)) {
    const [, rest, name] = /^\[(\.\.\.)?(\w+)\]$/.exec(segment) ?? [];
    if (name && rest) {
      branch.catchAll = { name, module };
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
  branch.module = module;
}

function find(branch: Branch, segments: string[], index: number): Match | null {
  const segment = segments[index];
  if (segment === undefined) return branch.module && { module: branch.module, params: {} };
  const fixed = branch.statics.get(segment);
  const exact = fixed && find(fixed, segments, index + 1);
  if (exact) return exact;
  // `/users//` names no user.
  const below = segment !== "" && branch.dynamic && find(branch.dynamic.branch, segments, index + 1);
  if (below && branch.dynamic) return { ...below, params: { ...below.params, [branch.dynamic.name]: segment } };
  if (branch.catchAll)
    return { module: branch.catchAll.module, params: { [branch.catchAll.name]: segments.slice(index) } };
  return null;
}

/** @throws URIError when a percent-encoding is broken */
export function createRouter(routes: { path: string; module: RouteModule }[]): Router {
  const root = newBranch();
  for (const { path, module } of routes) add(root, path, module);
  return (pathname) => {
    const trimmed = pathname.endsWith("/") ? pathname.slice(1, -1) : pathname.slice(1);
    const raw = trimmed === "" ? [] : trimmed.split("/");
    return find(root, pathname.includes("%") ? raw.map(decodeURIComponent) : raw, 0);
  };
}
