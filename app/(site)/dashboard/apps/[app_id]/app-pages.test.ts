import { expect, it } from "vitest";
import { pageOfOtherApp } from "./app-pages";

it.each([
  ["/dashboard/apps/app_a", "/dashboard/apps/app_b"],
  ["/dashboard/apps/app_a/events", "/dashboard/apps/app_b/events"],
  ["/dashboard/apps/app_a/users/usr_1", "/dashboard/apps/app_b/users"],
  ["/dashboard/apps/app_a/clients/cli_1/settings", "/dashboard/apps/app_b/clients"],
  ["/dashboard/account", "/dashboard/apps/app_b"],
])("from %s to %s", (path, other) => {
  expect(pageOfOtherApp(path, "app_b")).toBe(other);
});
