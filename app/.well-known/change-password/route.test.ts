import { expect, it } from "vitest";
import { call } from "@/test/support/call";
import { GET } from "./route";

it("GET /.well-known/change-password redirects to the account page of the dashboard", async () => {
  const answer = await call(GET, { path: "/.well-known/change-password" });
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/dashboard/account"]);
});
