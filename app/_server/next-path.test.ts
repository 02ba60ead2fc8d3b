import { expect, it } from "vitest";
import { safeNext, withNext } from "./next-path";

it.each([
  "/dashboard",
  "/dashboard/apps/app_1/events?outcome=rejected&q=bob%40example.com",
  "/invitations/app_1?token=a.b-c_d",
])("returns to %s", (next) => {
  expect(safeNext(next)).toBe(next);
});

it.each([
  undefined,
  ["/dashboard/account"],
  "//evil.example",
  "https://evil.example/dashboard",
  "/dashboard//evil.example/..\\x?y",
  "/dashboard/../o/app_1",
  "/dashboards",
  "/dashboard?x=\r\nSet-Cookie: a=b",
  "/dashboard?x=\\evil",
  "/dashboard#x",
  "/o/app_1/account",
  `/dashboard?q=${"x".repeat(2000)}`,
])("returns to the apps instead of %j", (next) => {
  expect(safeNext(next)).toBe("/dashboard");
});

it("adds the page to a link, unless it is the first one anyway", () => {
  expect(withNext("/login", "/dashboard")).toBe("/login");
  expect(withNext("/login?again=1", "/dashboard/a?b=c")).toBe("/login?again=1&next=%2Fdashboard%2Fa%3Fb%3Dc");
});
