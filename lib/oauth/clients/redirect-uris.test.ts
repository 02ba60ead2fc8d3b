import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { repetitions } from "@/test/support/repetitions";
import {
  describeMismatch,
  hasAmbiguousScheme,
  hasOwnScheme,
  isContestedTarget,
  matchRedirectUri,
  type RedirectTargets,
  redirectUriProblem,
} from "./redirect-uris";

const CB = "https://photos.example/cb";

type Kind = Omit<RedirectTargets, "redirect_uris">;

const WEB: Kind = { public: false, application_type: "web" };
const SPA: Kind = { public: true, application_type: "web" };
const NATIVE: Kind = { public: true, application_type: "native" };
const NATIVE_WITH_SECRET: Kind = { public: false, application_type: "native" };
const KINDS = [WEB, SPA, NATIVE, NATIVE_WITH_SECRET];

function match(requested: string, registered: string[], kind: Kind = NATIVE): string | null {
  return matchRedirectUri(requested, { redirect_uris: registered, ...kind });
}

describe("the validation of a redirect URI", () => {
  it.each([
    CB,
    "https://photos.example",
    "https://photos.example/",
    "https://photos.example:8443/cb",
    "https://photos.example/cb?tenant=1",
    "https://photos.example/a%2Fb",
    "https://photos.example/a..b/.well-known/x",
    "https://192.0.2.1/cb",
    "https://xn--bcher-kva.example/cb",
    "http://127.0.0.1/cb",
    "http://127.0.0.1:3000/cb",
    "http://[::1]/cb",
    "http://localhost:3000/cb",
  ])("accepts %s", (uri) => {
    expect(redirectUriProblem(uri, "web")).toBeNull();
    expect(redirectUriProblem(uri, "native")).toBeNull();
  });

  it.each([
    ["", "absolute"],
    ["/cb", "absolute"],
    ["photos.example/cb", "absolute"],
    ["//photos.example/cb", "absolute"],
    ["https://", "absolute"],
    ["https://photos.example/ü", "ASCII"],
    ["https://bücher.example/cb", "ASCII"],
    ["https://photos.example/c b", "ASCII"],
    [" https://photos.example/cb", "ASCII"],
    ["https://photos.example/cb\n", "ASCII"],
    ["https://photos.example/c\tb", "ASCII"],
    ["https://photos.example\\@evil.example/cb", "ASCII"],
    [`https://photos.example/${"x".repeat(2000)}`, "absolute"],
    ["https://photos.example/cb#x", "fragment"],
    ["https://photos.example/cb#", "fragment"],
    ["https://bob@photos.example/cb", "user"],
    ["https://bob:secret@photos.example/cb", "user"],
    ["https://:secret@photos.example/cb", "user"],
    ["http://photos.example/cb", "https"],
    ["http://127.0.0.1.evil.example/cb", "https"],
    ["http://localhost.evil.example/cb", "https"],
    ["http://192.168.0.1/cb", "https"],
    ["https:photos.example/cb", "begin with"],
    ["https:/photos.example/cb", "begin with"],
    ["https:///photos.example/cb", "begin with"],
    ["http:127.0.0.1/cb", "begin with"],
    ["https://photos.example/x/../cb", "path"],
    ["https://photos.example/./cb", "path"],
    ["https://photos.example/x/%2e%2E/cb", "path"],
    ["https://photos.example/x/.%2e", "path"],
    ["https://photos.example/..", "path"],
    ["javascript:alert(1)", "scheme"],
    ["JavaScript:alert(1)", "scheme"],
    ["javascript://photos.example/%0aalert(1)", "scheme"],
    ["data:text/html,x", "scheme"],
    ["vbscript:x", "scheme"],
    ["file:///etc/passwd", "scheme"],
    ["blob:https://photos.example/x", "scheme"],
    ["about:blank", "scheme"],
    ["ftp://photos.example/cb", "scheme"],
    ["ws://photos.example/cb", "scheme"],
  ])("rejects %j with a message about %s", (uri, problem) => {
    expect(redirectUriProblem(uri, "web")).toContain(problem);
    expect(redirectUriProblem(uri, "native")).toContain(problem);
  });

  it.each(["com.example.app:/cb", "com.example.app://cb", "cursor://prints/cb", "vscode://cb", "myapp:/cb"])(
    "accepts %s for native applications only (RFC 8252 §7.1)",
    (uri) => {
      expect(redirectUriProblem(uri, "native")).toBeNull();
      expect(redirectUriProblem(uri, "web")).toContain("native");
      expect(hasOwnScheme(uri)).toBe(true);
      expect(hasAmbiguousScheme(uri)).toBe(!uri.startsWith("com."));
    },
  );

  it.each([
    ...["urn:ietf:wg:oauth:2.0:oob", "mailto:bob@example.com", "tel:1", "intent://cb", "chrome-extension://x/cb"],
    ...["javascript:alert(1)", "JAVASCRIPT:alert(1)", "file:///cb", "shell:x", "view-source:https://photos.example/"],
  ])("rejects %s, whose scheme no application owns", (uri) => {
    expect(redirectUriProblem(uri, "native")).toContain("scheme");
    expect(hasOwnScheme(uri)).toBe(false);
    expect(hasAmbiguousScheme(uri)).toBe(false);
  });

  it.each([
    ["https://*.example.com/cb", "*"],
    ["https://photos.example/*", "*"],
    ["http://localhost:*/cb", "absolute"],
    ["https://photos.example/cb?x=*", "*"],
    ["https://photos.example/cb?code=", "code"],
    ["https://photos.example/cb?tenant=1&state=x", "state"],
    ["https://photos.example/cb?iss=x", "iss"],
    ["https://photos.example/cb?%65rror=x", "error"],
    ["com.example.app:/cb?code=", "code"],
    ["localhost:3000/cb", "http://localhost"],
    ["photos.example:8443/cb", "http://localhost"],
  ])("rejects %s, which no request could use, with a message about %s", (uri, problem) => {
    expect(redirectUriProblem(uri, "native")).toContain(problem);
  });
});

describe("the comparison with the registered redirect URI (RFC 9700 §2.1: exact string matching)", () => {
  it.each([
    "https://photos.example/cb/",
    "https://photos.example/CB",
    "https://photos.example/c%62",
    "https://photos.example//cb",
    "https://photos.example/x/../cb",
    "https://photos.example/./cb",
    "https://photos.example/cb?",
    "https://photos.example/cb?x=1",
    "https://photos.example/cb#",
    "https://photos.example/cb%00",
    "https://photos.example:443/cb",
    "https://photos.example:8443/cb",
    "https://PHOTOS.example/cb",
    "HTTPS://photos.example/cb",
    "http://photos.example/cb",
    "https://photos.example./cb",
    "https://photos.example@evil.example/cb",
    "https://bob@photos.example/cb",
    "https://photos.example%2fcb",
    "https://evil.example/https://photos.example/cb",
    "https://photos.example\\cb",
    "https:photos.example/cb",
    "javascript:alert(1)",
    " https://photos.example/cb",
    "https://photos.example/cb\n",
    "",
  ])("does not match %j", (requested) => {
    for (const kind of KINDS) expect(match(requested, [CB], kind)).toBeNull();
  });

  it("does not match after any change of one character (property)", () => {
    const character = fc.integer({ min: 0, max: 0x10ffff }).filter((code) => code < 0xd800 || code > 0xdfff);
    fc.assert(
      fc.property(fc.nat(CB.length), character, fc.constantFrom("replace", "insert", "remove"), (at, code, how) => {
        const letter = String.fromCodePoint(code);
        const changed = CB.slice(0, at) + (how === "remove" ? "" : letter) + CB.slice(how === "insert" ? at : at + 1);
        fc.pre(changed !== CB);
        for (const kind of KINDS) expect(match(changed, [CB], kind)).toBeNull();
      }),
      { numRuns: repetitions(2000) },
    );
  });

  it("matches only an identical URI, or a loopback URI with another port (property)", () => {
    const host = fc.constantFrom("127.0.0.1", "[::1]", "localhost", "photos.example", "127.0.0.1.evil.example");
    const port = fc.oneof(
      fc.constant(""),
      fc.nat(65_535).map((number) => `:${number}`),
    );
    const rest = fc.constantFrom("", "/", "/cb", "/cb?x=1", "/cb#x", "@evil.example/cb");
    const uri = fc.tuple(fc.constantFrom("http://", "https://"), host, port, rest).map((parts) => parts.join(""));
    fc.assert(
      fc.property(uri, fc.array(uri, { maxLength: 4 }), fc.constantFrom(...KINDS), (requested, registered, kind) => {
        const matched = match(requested, registered, kind);
        if (matched === null) {
          expect(registered).not.toContain(requested);
          return;
        }
        expect(registered).toContain(matched);
        if (matched === requested) return;
        expect(kind).not.toBe(WEB);
        const [asked, known] = [new URL(requested), new URL(matched)];
        expect(asked.protocol).toBe("http:");
        expect(["127.0.0.1", "[::1]", "localhost"]).toContain(asked.hostname);
        expect([asked.hostname, asked.pathname, asked.search, asked.hash, asked.username]).toEqual([
          known.hostname,
          known.pathname,
          known.search,
          "",
          "",
        ]);
      }),
      { numRuns: repetitions(2000) },
    );
  });
});

describe("the port of a loopback address (RFC 8252 §7.3)", () => {
  it.each([
    ["http://127.0.0.1/cb", "http://127.0.0.1:51004/cb"],
    ["http://127.0.0.1:3000/cb", "http://127.0.0.1:51004/cb"],
    ["http://127.0.0.1:3000/cb", "http://127.0.0.1/cb"],
    ["http://[::1]/cb", "http://[::1]:51004/cb"],
    ["http://localhost/cb?x=1", "http://localhost:51004/cb?x=1"],
    ["http://127.0.0.1", "http://127.0.0.1:51004"],
  ])("is ignored for public and native clients: registered %s, requested %s", (registered, requested) => {
    for (const kind of [SPA, NATIVE, NATIVE_WITH_SECRET]) expect(match(requested, [registered], kind)).toBe(registered);
    expect(match(requested, [registered], WEB)).toBeNull();
  });

  it.each([
    "http://127.0.0.1:51004/other",
    "http://127.0.0.1:51004/cb/",
    "http://127.0.0.1:51004/cb?x=1",
    "http://127.0.0.1:51004/cb#x",
    "http://localhost:51004/cb",
    "http://[::1]:51004/cb",
    "http://127.0.0.2:51004/cb",
    "http://127.1:51004/cb",
    "http://2130706433:51004/cb",
    "https://127.0.0.1:51004/cb",
    "HTTP://127.0.0.1:51004/cb",
    "http://bob@127.0.0.1:51004/cb",
    "http://127.0.0.1:80@evil.example/cb",
    "http://127.0.0.1:51004\\@evil.example/cb",
    "http://127.0.0.1:99999/cb",
    "http://127.0.0.1:x/cb",
    "http://127.0.0.1:/cb",
    "http://127.0.0.1.evil.example:51004/cb",
  ])("is not ignored for %s, which differs in another part", (requested) => {
    expect(match(requested, ["http://127.0.0.1/cb"])).toBeNull();
  });

  it("is not ignored for a URI with a public host", () => {
    expect(match("https://photos.example:51004/cb", ["https://photos.example/cb"])).toBeNull();
  });
});

it.each([
  [CB, false],
  ["http://127.0.0.1/cb", true],
  ["http://localhost:3000/cb", true],
  ["com.example.app:/cb", true],
])("a redirect URI that another application could receive (RFC 8252 §8.6) is recognized: %s, %s", (uri, contested) =>
  expect(isContestedTarget(uri)).toBe(contested),
);

describe("the description of a redirect URI mismatch", () => {
  it.each([
    [`${CB}/`, "slash"],
    ["http://photos.example/cb", "scheme"],
    ["https://evil.example/cb", "host"],
    ["https://photos.example:1/cb", "port"],
    ["https://photos.example/x", "path"],
    [`${CB}?x`, "query"],
    [`${CB}#`, "fragment"],
    ["https://photos.example:443/cb", "default port"],
    ["cb", "absolute"],
    ["https://evil.example/x", "host and path"],
  ])("of %s names the differing part: %s", (requested, part) =>
    expect(describeMismatch(requested, [CB, "https://far.example/a/b?c"])).toContain(part),
  );

  it.each([
    ["http://localhost:8450", "http://localhost:8450/"],
    ["http://localhost:8450/", "http://localhost:8450"],
    ["https://photos.example/a/b/", "https://photos.example/a/b"],
  ])("of %s, registered as %s, names the trailing slash", (requested, registered) =>
    expect(describeMismatch(requested, [registered])).toBe("It differs by a trailing slash."),
  );

  it("never contains a registered URI, and never throws (property)", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.webUrl()), (requested) => {
        expect(describeMismatch(requested, ["https://secret-host.example/secret-path"])).not.toContain("secret");
      }),
    );
  });
});

it("the validation and comparison of redirect URIs never throw (property)", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.constantFrom("web", "native"), (uri, type) => {
      const problem = redirectUriProblem(uri, type as "web");
      expect(problem === null || problem.length > 0).toBe(true);
      expect(match(uri, ["http://127.0.0.1/"])).toBeNull();
    }),
  );
});
