/**
 * An App is an island: every route there is, with the neighbour's credentials on this App's ids. The routes are read from the folders, so a
 * new one is tested the moment it exists.
 */
import { describe, expect, it } from "vitest";
import { call } from "@/e2e/support/call";
import { SOME_PASSWORD, someApp, someSession } from "@/e2e/support/factories";
import { db } from "@/lib/db";
import type { Handler } from "@/lib/http/route";
import { listRoutes } from "@/scripts/routes.mjs";

/** About an App, and open to anybody by design: what they show is public, or guarded by a secret of its own in the body. */
const PUBLIC = [/^\/o\/\[app\]\/(jwks|\.well-known)/, /^\/\.well-known\//];

/** Not about an App in the path. */
const ELSEWHERE = [/^\/api\/health\//, /^\/api\/me$/];

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

const routes = listRoutes(`${process.cwd()}/app`).filter(
  ({ path }) => ![...PUBLIC, ...ELSEWHERE].some((open) => open.test(path)),
);

async function counts() {
  const client = db();
  return Promise.all([
    client.user.count(),
    client.session.count({ where: { revokedAt: null } }),
    client.apiKey.count({ where: { revokedAt: null } }),
  ]);
}

describe.each(routes)("$path", ({ path, file }) => {
  it("gives nothing of this App to the neighbour's key, token or refresh token, and changes nothing", async () => {
    const module = (await import(/* @vite-ignore */ file)) as Partial<Record<string, Handler>>;
    const [app, neighbour] = [await someApp("This App"), await someApp("The neighbour")];
    const [ours, theirs] = [await someSession(app.id), await someSession(neighbour.id)];
    const ids: Record<string, string> = { app_id: app.id, app: app.id, user_id: ours.userId };
    const names = [...path.matchAll(/\[(\w+)\]/g)].map(([, name]) => name as string);
    for (const name of names) expect(ids, `say what ${name} is, so that this test can ask for it`).toHaveProperty(name);
    const params = Object.fromEntries(names.map((name) => [name, ids[name] as string]));
    const bodies = [
      { email: ours.email, password: SOME_PASSWORD, name: "stolen", refresh_token: theirs.refreshToken },
      { email: "new@example.com", password: SOME_PASSWORD, refresh_token: theirs.refreshToken },
    ];
    const before = await counts();
    for (const method of METHODS.filter((candidate) => module[candidate])) {
      for (const bearer of [neighbour.apiKey, theirs.token, ours.token, undefined]) {
        // A user's own token is theirs to end their own session with.
        if (bearer === ours.token && path.startsWith("/api/auth/logout/")) continue;
        for (const body of method === "GET" ? [undefined] : bodies) {
          const answer = await call(module[method] as Handler, { method, params, bearer, body, path });
          const seen = `${method} with ${bearer?.slice(0, 8) ?? "nothing"}: ${JSON.stringify(answer.body)}`;
          expect([401, 403, 404, 415], seen).toContain(answer.status);
          expect(JSON.stringify(answer.body)).not.toContain(ours.email);
        }
      }
    }
    expect(await counts()).toEqual(before);
  });
});

it("finds routes to test", () => {
  expect(routes.length).toBeGreaterThanOrEqual(7);
});
