/** The list of route files, written by the bundler. */
declare module "foyer:routes" {
  const routes: { path: string; module: import("../http/router").RouteModule }[];
  export default routes;
}
