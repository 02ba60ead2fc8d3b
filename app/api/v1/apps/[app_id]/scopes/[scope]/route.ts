import { scopeInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";
import { deleteScope, getScope, UpdateScopeBody, updateScope } from "@/lib/oauth/scopes/scopes";

export const GET = route({ guard: scopeInPath, run: ({ app, scope }) => getScope(app.id, scope) });

export const PATCH = route({
  guard: scopeInPath,
  body: UpdateScopeBody,
  run: ({ app, scope, by, body }) => updateScope(app.id, scope, body, by),
});

export const DELETE = route({
  guard: scopeInPath,
  status: 204,
  run: ({ app, scope, by }) => deleteScope(app.id, scope, by),
});
