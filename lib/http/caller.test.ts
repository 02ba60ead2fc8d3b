import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { forgetState } from "@/test/support/process-state";
import { log } from "../log";
import { clientAddress, contextOf, EDGE_HEADER, edgeHeader, newRequestId } from "./caller";

/** Makes the process read its environment again. */
function trust(proxies: string): void {
  vi.stubEnv("TRUSTED_PROXIES", proxies);
  forgetState("env", "trusted-proxies");
}

afterAll(() => {
  vi.unstubAllEnvs();
  forgetState("env", "trusted-proxies");
});

describe("clientAddress without trusted proxies", () => {
  beforeAll(() => trust(""));

  it.each([
    ["192.0.2.1", null, "192.0.2.1"],
    ["192.0.2.1", "203.0.113.9", "192.0.2.1"],
    ["127.0.0.1", "203.0.113.9", "127.0.0.1"],
    ["::ffff:192.0.2.1", null, "192.0.2.1"],
    ["2001:db8::1", "203.0.113.9", "2001:db8::1"],
    ["fe80::1%eth0", null, "fe80::1%eth0"],
    [null, "203.0.113.9", null],
  ])("from %s with X-Forwarded-For %s is %s: the header is not trusted", (peer, forwarded, address) =>
    expect(clientAddress(peer, forwarded)).toBe(address),
  );
});

describe("clientAddress behind trusted proxies, which reads X-Forwarded-For from the right", () => {
  beforeAll(() => trust("10.0.0.0/8, 192.0.2.7, fd00::/8"));

  it.each([
    ["one proxy", "10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["two proxies", "10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"],
    ["a proxy over IPv6", "fd00::1", "2001:db8::9", "2001:db8::9"],
    ["a proxy as a mapped address", "::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["a caller as a mapped address", "10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"],
    ["an address further left, which the caller wrote", "10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"],
    ["the caller claims to be a proxy", "10.0.0.1", "10.9.9.9, 203.0.113.9", "203.0.113.9"],
    [
      "the caller claims to be behind a proxy",
      "10.0.0.1",
      "198.51.100.1, 10.9.9.9, 203.0.113.9, 10.0.0.2",
      "203.0.113.9",
    ],
    ["no header", "10.0.0.1", null, "10.0.0.1"],
    ["an empty header", "10.0.0.1", "", "10.0.0.1"],
    ["proxies alone", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"],
    ["no address on the right", "10.0.0.1", "203.0.113.9, unknown", "10.0.0.1"],
    ["a port", "10.0.0.1", "203.0.113.9:4711", "203.0.113.9"],
    ["IPv6 in brackets with a port", "10.0.0.1", "[2001:db8::9]:443", "2001:db8::9"],
    ["IPv6 in brackets", "10.0.0.1", "[2001:db8::9]", "2001:db8::9"],
    ["ports of proxies too", "10.0.0.1", "198.51.100.1, 203.0.113.9:4711, 10.0.0.2:80", "203.0.113.9"],
    ["a mapped address with a port", "10.0.0.1", "[::ffff:203.0.113.9]:4711", "203.0.113.9"],
    ["a mapped address in hexadecimal", "10.0.0.1", "::ffff:cb00:7109", "203.0.113.9"],
    ["a mapped address in full", "10.0.0.1", "0:0:0:0:0:FFFF:203.0.113.9", "203.0.113.9"],
    ["an address that only looks mapped", "10.0.0.1", "::ffff:0:cb00:7109", "::ffff:0:cb00:7109"],
    ["a port that is none", "10.0.0.1", "203.0.113.9:http", "10.0.0.1"],
    ["a script", "10.0.0.1", "<script>", "10.0.0.1"],
    ["a zone", "10.0.0.1", "fe80::1%eth0", "fe80::1%eth0"],
    ["an untrusted peer with a trusted hop", "203.0.113.1", "10.0.0.1", "203.0.113.1"],
    ["an untrusted address next to a trusted one", "192.0.2.8", "203.0.113.9", "192.0.2.8"],
    ["spaces and empty hops", "10.0.0.1", " 203.0.113.9 ,, ", "10.0.0.1"],
  ])("%s: from %s with %j it is %s", (_, peer, forwarded, address) =>
    expect(clientAddress(peer, forwarded)).toBe(address),
  );

  it("handles a very long header", () =>
    expect(clientAddress("10.0.0.1", `203.0.113.9, ${"10.0.0.2, ".repeat(2000)}10.0.0.2`)).toBe("203.0.113.9"));
});

describe("a value of a trusted proxy that is no IP address", () => {
  beforeAll(() => trust("10.0.0.0/8"));

  it("is logged once, and never if the caller alone wrote it", () => {
    const warn = vi.spyOn(log(), "warn").mockImplementation(() => undefined);
    forgetState("unreadable-hop");
    clientAddress("192.0.2.1", "unknown");
    clientAddress("10.0.0.1", "unknown, 203.0.113.9");
    clientAddress("10.0.0.1", "");
    expect(warn).not.toHaveBeenCalled();
    for (let time = 0; time < 3; time++) clientAddress("10.0.0.1", `203.0.113.9, un<known>${time}`);
    const lines = warn.mock.calls.filter(([facts]) => "sent" in (facts as object));
    expect(lines).toEqual([[{ proxy: "10.0.0.1", sent: "un<known>0" }, expect.any(String)]]);
    warn.mockRestore();
  });
});

describe("contextOf", () => {
  beforeEach(() => trust("10.0.0.0/8"));
  afterEach(() => trust(""));

  const known = { requestId: newRequestId(), ip: "203.0.113.9", userAgent: "Firefox" };

  it("reads what this process wrote into the edge header", () => {
    const headers = new Headers({ [EDGE_HEADER]: edgeHeader(known), "user-agent": "Firefox" });
    expect(contextOf(headers)).toEqual(known);
    headers.set(EDGE_HEADER, edgeHeader({ ...known, ip: null }));
    expect(contextOf(headers).ip).toBeNull();
  });

  it.each([
    ["a guessed token", `${"0".repeat(32)} req_forged 198.51.100.1`],
    ["an empty token", " req_forged 198.51.100.1"],
    ["no token", "req_forged 198.51.100.1"],
    ["nothing", ""],
    ["undefined", "undefined req_forged 198.51.100.1"],
  ])("does not trust a header with %s", (_, forged) => {
    const context = contextOf(new Headers({ [EDGE_HEADER]: forged, "x-forwarded-for": "192.0.2.1" }));
    expect(context.requestId).not.toContain("forged");
    expect(context.ip).toBe("192.0.2.1");
  });

  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["198.51.100.1, 192.0.2.1", "192.0.2.1"],
    ["198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"],
    ["nonsense", null],
    ["", null],
  ])("takes the last hop of %j as the peer without server.ts, so the caller is %s", (forwarded, ip) =>
    expect(contextOf(new Headers({ "x-forwarded-for": forwarded })).ip).toBe(ip),
  );

  it("gives each request its own ID", () => {
    const ids = Array.from({ length: 100 }, () => contextOf(new Headers()).requestId);
    for (const id of ids) expect(id).toMatch(/^req_[0-9a-f]{24}$/);
    expect(new Set(ids).size).toBe(100);
  });
});
