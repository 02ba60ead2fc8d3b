import { describe, expect, it } from "vitest";
import { hostOf, hostOfApplication, redirectTarget, websiteOf } from "./redirect-target";

describe("the target of a redirect URI", () => {
  it.each([
    ["https://photos.example/callback", "photos.example", false],
    ["https://photos.example:8443/callback", "photos.example:8443", false],
    ["https://xn--pple-43d.com/cb", "xn--pple-43d.com", false],
    ["http://127.0.0.1:5173/cb", "127.0.0.1:5173", true],
    ["http://[::1]:4000/", "[::1]:4000", true],
    ["com.example.app:/callback", "com.example.app:", true],
    ["com.example.app://bank.example/callback", "com.example.app:", true],
  ])("of %s is %s", (uri, label, onThisDevice) => {
    expect(redirectTarget({ public: true, source: "console" }, uri)).toEqual({ label, needsWarning: onThisDevice });
  });

  it.each([
    [{ public: false, source: "console" as const }, false],
    [{ public: false, source: "dcr" as const }, true],
    [{ public: true, source: "cimd" as const }, true],
  ])("on this device needs a warning for the client %o: %s", (client, needsWarning) => {
    expect(redirectTarget(client, "http://127.0.0.1:3001/callback").needsWarning).toBe(needsWarning);
  });

  it("is the host of a website, and null for any other URI", () => {
    expect(hostOf("https://photos.example/about")).toBe("photos.example");
    expect(hostOf(null)).toBeNull();
  });
});

describe("the website of a client", () => {
  it.each([
    ["console", "photos.example"],
    ["dcr", null],
    ["cimd", null],
  ] as const)("is shown as the app's owner entered it: %s, %s", (source, site) => {
    expect(websiteOf({ source, client_uri: "https://photos.example/about" })).toBe(site);
  });
});

describe("the host of an application on the account page", () => {
  const site = "https://bank.example/about";
  it.each([
    ["console", "cli_x", site, ["https://photos.example/cb"], "bank.example"],
    ["console", "cli_x", null, ["https://photos.example/cb"], null],
    ["dcr", "cli_x", site, ["https://photos.example/cb", "https://photos.example/b"], "photos.example"],
    ["dcr", "cli_x", site, ["https://photos.example/cb", "https://b.example/b"], null],
    ["dcr", "cli_x", site, ["http://127.0.0.1/cb", "photos:/cb"], null],
    ["cimd", "https://agent.example/c.json", site, ["https://photos.example/cb"], "agent.example"],
  ] as const)("of source %s, %s with website %s and %j is %s", (source, clientId, siteUrl, redirectUris, host) => {
    expect(hostOfApplication({ source, clientId, siteUrl, redirectUris: [...redirectUris] })).toBe(host);
  });
});
