import { describe, expect, it } from "vitest";
import { parseAddress, plainAddress } from "./ip-address";

describe("parseAddress", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    [" 203.0.113.7:55123 ", "203.0.113.7"],
    ["2001:db8::1", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["[2001:db8::1]:443", "2001:db8::1"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["::FFFF:203.0.113.7", "203.0.113.7"],
    ["[::ffff:cb00:7107]:443", "203.0.113.7"],
    ["0:0:0:0:0:ffff:203.0.113.7", "203.0.113.7"],
    ["0000:0000:0000:0000:0000:ffff:cb00:7107", "203.0.113.7"],
    ["fe80::1%eth0", "fe80::1%eth0"],
  ])("reads %j as %s", (hop, address) => expect(parseAddress(hop)).toBe(address));

  it.each([
    "",
    "unknown",
    "_hidden",
    "unix:",
    "203.0.113",
    "203.0.113.7:",
    "203.0.113.7:port",
    "[203.0.113.7",
    "::1]:80",
  ])("rejects %j", (hop) => expect(parseAddress(hop)).toBeNull());
});

describe("plainAddress", () => {
  it.each(["::ffff:0:cb00:7107", "64:ff9b::cb00:7107", "::1", "::", "ffff::1", "nonsense", "::ffff:nonsense"])(
    "keeps %s",
    (address) => expect(plainAddress(address)).toBe(address),
  );
});
