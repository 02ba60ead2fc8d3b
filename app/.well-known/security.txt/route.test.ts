import { afterEach, describe, expect, it } from "vitest";
import { freezeClock } from "@/lib/clock";
import { env } from "@/lib/env";
import { call } from "@/test/support/call";
import { GET } from "./route";

afterEach(() => {
  Object.assign(env(), { SECURITY_CONTACT: undefined });
});

describe("GET /.well-known/security.txt (RFC 9116)", () => {
  it("names the operator's contact and a date of expiry less than a year ahead", async () => {
    freezeClock(new Date("2027-01-01T00:00:00Z"));
    Object.assign(env(), { SECURITY_CONTACT: "mailto:security@example.com" });
    const { status, headers, body } = await call(GET);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect((body as string).split("\n")).toEqual([
      "Contact: mailto:security@example.com",
      "Expires: 2027-06-30T00:00:00.000Z",
      "Canonical: http://localhost:8000/.well-known/security.txt",
      "Preferred-Languages: en",
      "",
    ]);
  });

  it("answers 404 when the operator set no contact", async () => {
    expect((await call(GET)).status).toBe(404);
  });
});
