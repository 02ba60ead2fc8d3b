import { describe, expect, it } from "vitest";
import { createRouter, type RouteModule } from "./router";

const PATHS = [
  "/",
  "/api/health/live",
  "/api/auth/[connection]/[app_id]",
  "/api/auth/callback/[connection]/[app_id]",
  "/api/auth/credentials/login/[app_id]",
  "/api/auth/verify/[app_id]",
  "/api/v1/apps/[app_id]/users",
  "/api/v1/apps/[app_id]/users/[user_id]",
  "/o/[app]/jwks",
  "/o/[app]/.well-known/openid-configuration",
  "/o/token",
  "/files/[...rest]",
  "/files/list",
  "/files/[id]/meta",
];

const modules = new Map(PATHS.map((path) => [path, {} as RouteModule]));
const router = createRouter([...modules].map(([path, module]) => ({ path, module })));

function routed(pathname: string) {
  const match = router(pathname);
  const path = PATHS.find((one) => modules.get(one) === match?.module);
  if (match) expect(match.route).toBe(path);
  return match && { path, params: match.params };
}

describe("the router", () => {
  it.each<[string, string, Record<string, string | string[]>]>([
    ["/", "/", {}],
    ["/api/health/live", "/api/health/live", {}],
    ["/api/auth/github/app_1", "/api/auth/[connection]/[app_id]", { connection: "github", app_id: "app_1" }],
    ["/api/auth/verify/app_1", "/api/auth/verify/[app_id]", { app_id: "app_1" }],
    [
      "/api/auth/callback/github/app_1",
      "/api/auth/callback/[connection]/[app_id]",
      { connection: "github", app_id: "app_1" },
    ],
    // A static segment without a matching route falls back to the dynamic one.
    ["/api/auth/callback/app_1", "/api/auth/[connection]/[app_id]", { connection: "callback", app_id: "app_1" }],
    ["/o/token", "/o/token", {}],
    ["/o/token/jwks", "/o/[app]/jwks", { app: "token" }],
    ["/files/list", "/files/list", {}],
    ["/files/7/meta", "/files/[id]/meta", { id: "7" }],
    ["/files/7/other", "/files/[...rest]", { rest: ["7", "other"] }],
    ["/files/list/a", "/files/[...rest]", { rest: ["list", "a"] }],
    ["/files/a", "/files/[...rest]", { rest: ["a"] }],
  ])("routes %s: static before dynamic before catch-all", (pathname, path, params) =>
    expect(routed(pathname)).toEqual({ path, params }),
  );

  it.each(["/api", "/api/health", "/api/health/live/x", "/files", "/o", "/O/token", "/o/app_1/JWKS", "/unknown"])(
    "finds no route for %s",
    (pathname) => expect(routed(pathname)).toBeNull(),
  );
});

describe("slashes", () => {
  it.each(PATHS.filter((path) => path !== "/").map((path) => path.replace(/\[(\.\.\.)?\w+\]/g, "x")))(
    "ignores a trailing slash: %s/",
    (pathname) => expect(routed(`${pathname}/`)).toEqual(routed(pathname)),
  );

  it.each([
    "/api/v1/apps/app_1/users//",
    "/api/v1/apps//users/usr_1",
    "/o//jwks",
    "//api/health/live",
    "/api//health/live",
  ])("does not fill a parameter with an empty segment: %s", (pathname) => expect(routed(pathname)).toBeNull());
});

describe("a percent-encoded segment", () => {
  it.each<[string, string, Record<string, string>]>([
    ["/o/app%5F1/jwks", "/o/[app]/jwks", { app: "app_1" }],
    ["/o/a%2Fb/jwks", "/o/[app]/jwks", { app: "a/b" }],
    ["/o/%E4%BE%8B/jwks", "/o/[app]/jwks", { app: "例" }],
    ["/o/%2e%2e/jwks", "/o/[app]/jwks", { app: ".." }],
    ["/o/app_1/j%77ks", "/o/[app]/jwks", { app: "app_1" }],
    ["/o/%252F/jwks", "/o/[app]/jwks", { app: "%2F" }],
    ["/o/%00/jwks", "/o/[app]/jwks", { app: "\0" }],
  ])("is decoded once, after the path was split: %s", (pathname, path, params) =>
    expect(routed(pathname)).toEqual({ path, params }),
  );

  it.each(["/o/%/jwks", "/o/%zz/jwks", "/o/%E4%BE/jwks", "/o/app_1/%"])(
    "throws a URIError if it is malformed: %s",
    (pathname) => expect(() => router(pathname)).toThrow(URIError),
  );
});

it("finds no routes in Object.prototype", () => {
  expect(routed("/constructor")).toBeNull();
  expect(routed("/__proto__/x")).toBeNull();
  expect(routed("/o/__proto__/jwks")?.params).toEqual({ app: "__proto__" });
});
