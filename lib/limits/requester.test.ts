import { describe, expect, it } from "vitest";
import { type RequestContext, withRequestContext } from "../request-context";
import { callerKey, endUserKey, ipKey } from "./requester";

describe("ipKey counts an IPv6 address by its /64 network", () => {
  it.each([
    [null, "unknown"],
    ["", "unknown"],
    ["192.0.2.1", "192.0.2.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002:ffff::", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:db8:0:0:1::", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::", "0:0:0:0::/64"],
    ["1::", "1:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::FFFF:192.0.2.1", "192.0.2.1"],
    ["::ffff:c000:201", "192.0.2.1"],
    ["0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1"],
  ])("%j counts as %s", (address, key) => expect(ipKey(address)).toBe(key));

  it("keeps neighboring networks apart", () => expect(ipKey("2001:db8:1:2::1")).not.toBe(ipKey("2001:db8:1:3::1")));
});

describe("the key of a request", () => {
  const caller = { requestId: "req_test", ip: "192.0.2.1", userAgent: null };

  it.each<[string, RequestContext | null, string | null, string | null]>([
    ["a browser, by its IP address", caller, "192.0.2.1", "192.0.2.1"],
    ["a caller without a known IP address, as unknown", { ...caller, ip: null }, "unknown", "unknown"],
    ["an API call, without an end user", { ...caller, isApiCall: true }, "192.0.2.1", null],
    [
      "an API call with Foyer-Client-IP, by that address",
      { ...caller, isApiCall: true, userIp: "203.0.113.9" },
      "192.0.2.1",
      "203.0.113.9",
    ],
    ["the CLI, not at all", null, null, null],
  ])("counts %s", (_, context, callerIs, endUserIs) => {
    const keys = () => [callerKey(), endUserKey()];
    expect(context ? withRequestContext(context, keys) : keys()).toEqual([callerIs, endUserIs]);
  });
});
