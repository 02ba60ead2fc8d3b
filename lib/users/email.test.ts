import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { repetitions } from "@/test/support/repetitions";
import { parseEmail } from "./email";

const LABEL = "a".repeat(63);

describe("parseEmail accepts", () => {
  it.each([
    ["bob@example.com", "bob@example.com"],
    ["Bob@Example.COM", "bob@example.com"],
    ["  bob@example.com\u00a0", "bob@example.com"],
    ["bob.smith+tag@mail.example.co.uk", "bob.smith+tag@mail.example.co.uk"],
    ["o'brien@example.com", "o'brien@example.com"],
    ["!#$%&'*+/=?^_`{|}~-@example.com", "!#$%&'*+/=?^_`{|}~-@example.com"],
    ["1@2.com", "1@2.com"],
    ["bob@a-b.example", "bob@a-b.example"],
    [`${"l".repeat(64)}@example.com`, `${"l".repeat(64)}@example.com`],
    [`b@${LABEL}.com`, `b@${LABEL}.com`],
    // NFKC: full-width letters and stops, ligatures, circled digits.
    ["bob@ｅｘａｍｐｌｅ．ｃｏｍ", "bob@example.com"],
    ["bob@example。com", "bob@example.com"],
    ["bob@oﬃce.com", "bob@office.com"],
    // RFC 5890: the U-label and the A-label of a domain are the same.
    ["bob@münchen.de", "bob@xn--mnchen-3ya.de"],
    ["bob@MÜNCHEN.de", "bob@xn--mnchen-3ya.de"],
    ["bob@mu\u0308nchen.de", "bob@xn--mnchen-3ya.de"],
    ["bob@xn--mnchen-3ya.de", "bob@xn--mnchen-3ya.de"],
    ["bob@XN--MNCHEN-3YA.de", "bob@xn--mnchen-3ya.de"],
    ["bob@例え.jp", "bob@xn--r8jz45g.jp"],
  ])("%j as %s", (raw, canonical) => expect(parseEmail(raw)?.canonical).toBe(canonical));

  it("an A-label domain, which it shows in Unicode", () =>
    expect(parseEmail("Bob@xn--mnchen-3ya.de")?.email).toBe("bob@münchen.de"));

  it("254 characters (RFC 5321 §4.5.3.1.3), but not 255", () => {
    const domain = `${[63, 63, 57].map((length) => "d".repeat(length)).join(".")}.com`;
    const address = (length: number) => `${"l".repeat(length - domain.length - 1)}@${domain}`;
    expect(address(254)).toHaveLength(254);
    expect(parseEmail(address(254))).not.toBeNull();
    expect(parseEmail(address(255))).toBeNull();
  });
});

describe("parseEmail rejects", () => {
  it.each([
    ["nothing", ""],
    ["spaces alone", "   "],
    ["no @", "bob.example.com"],
    ["no local part", "@example.com"],
    ["no domain", "bob@"],
    ["two @", "bob@eve@example.com"],
    ["a full-width @", "bob＠example.com"],
    ["a full-width @ beside a real one", "bob@eve＠example.com"],
    ["a small @", "bob﹫example.com"],
    ["a small @ in the domain", "bob@eve﹫example.com"],
    ["a list with a comma", "bob@example.com,eve@example.com"],
    ["a list with a semicolon", "bob@example.com;eve@example.com"],
    ["a list with a space", "bob@example.com eve@example.com"],
    ["a name before the address", "Bob <bob@example.com>"],
    ["angle brackets", "<bob@example.com>"],
    ["a mailto link", "mailto:bob@example.com"],
    ["a quoted local part", '"bob"@example.com'],
    ["a quoted @", '"bob@eve"@example.com'],
    ["a comment", "bob(eve)@example.com"],
    ["a backslash", "bob\\@example.com"],
    ["a space inside", "bo b@example.com"],
    ["NUL", "bob\0@example.com"],
    ["a header injection", "bob@example.com\r\nBcc: eve@example.com"],
    ["a newline at the end", "bob@example.com\n"],
    ["a tab", "\tbob@example.com"],
    ["DEL", "bob\u007f@example.com"],
    ["a C1 control", "bob\u0085@example.com"],
    ["a zero-width space", "bob@exam\u200bple.com"],
    ["a zero-width joiner", "bob@exam\u200dple.com"],
    ["a right-to-left override", "bob@\u202eexample.com"],
    ["a soft hyphen", "bob@exam\u00adple.com"],
    ["a byte order mark", "\ufeffbob@example.com"],
    ["a line separator", "bob@example.com\u2028"],
    ["a variation selector", "bob@exam\ufe0fple.com"],
    ["a combining grapheme joiner", "bob@exam\u034fple.com"],
    ["a Hangul filler", "bob@exam\u3164ple.com"],
    ["a non-ASCII local part", "bøb@example.com"],
    ["a full-width local part", "ｂob@example.com"],
    ["a Cyrillic look-alike in the local part", "b\u043eb@example.com"],
    ["the Kelvin sign in the local part", "mi\u212ae@example.com"],
    ["a long s in the local part", "bo\u017fs@example.com"],
    ["a leading dot", ".bob@example.com"],
    ["a trailing dot", "bob.@example.com"],
    ["two dots", "bo..b@example.com"],
    ["a dot before the domain", "bob@.example.com"],
    ["two dots in the domain", "bob@example..com"],
    ["a dot after the domain", "bob@example.com."],
    ["a domain without a dot", "bob@localhost"],
    ["a domain with an underscore", "bob@exam_ple.com"],
    ["a hyphen at a label's start", "bob@-example.com"],
    ["a hyphen at a label's end", "bob@example-.com"],
    ["a number as top level", "bob@example.123"],
    ["an IPv4 address", "bob@127.0.0.1"],
    ["an IPv4 address as one number", "bob@2130706433"],
    ["an IPv4 address in disguise", "bob@0x7f.1"],
    ["an address literal", "bob@[127.0.0.1]"],
    ["an IPv6 literal", "bob@[IPv6:::1]"],
    ["a port", "bob@example.com:25"],
    ["a path", "bob@example.com/x"],
    ["a path and another domain", "bob@example.com/.evil.com"],
    ["a query", "bob@example.com?x=y"],
    ["a fragment", "bob@example.com#x"],
    ["a backslash after the domain", "bob@example.com\\.evil.com"],
    ["a percent-encoded letter", "bob@ex%61mple.com"],
    ["a full-width percent", "bob@ex％61mple.com"],
    ["a full-width slash", "bob@example.com／.evil.com"],
    ["a character that becomes a/c", "bob@example.com℀.evil.com"],
    ["a spacing accent that becomes a space", "bob@exam\u00b4ple.com"],
    ["broken punycode", "bob@xn--a.com"],
    ["half a surrogate pair", "bob@exam\ud800ple.com"],
    ["a local part of 65 characters", `${"l".repeat(65)}@example.com`],
    ["a label of 64 characters", `bob@${LABEL}a.com`],
    ["a kilobyte", `bob@${"a.".repeat(500)}com`],
    ["a megabyte", "a".repeat(1_000_000)],
    ["a megabyte of dots", `${"a.".repeat(500_000)}@x`],
  ])("%s", (_, raw) => expect(parseEmail(raw)).toBeNull());
});

describe("parseEmail, for any text,", () => {
  const characters = fc.constantFrom(
    ..."abzAZ09.-_+@@ ,;\"'<>()[]\\/?#%:\u0000\u00ad\u200b＠﹫。．ａ％／ßüÅИ例ﬃ①\u0300\ud83e\ud800",
  );
  const raw = fc.oneof(
    fc.string({ unit: characters, maxLength: 40 }),
    fc
      .tuple(
        fc.string({ unit: characters, minLength: 1, maxLength: 12 }),
        fc.string({ unit: characters, maxLength: 12 }),
      )
      .map(([a, b]) => `bob@${a}.${b}com`),
    fc.emailAddress(),
    fc.string({ unit: "binary" }).map((domain) => `bob@${domain}.com`),
  );

  it("parses its own result to the same address", () =>
    fc.assert(
      fc.property(raw, (text) => {
        const first = parseEmail(text);
        fc.pre(first !== null);
        expect(parseEmail(first?.email ?? "")).toEqual(first);
        expect(parseEmail(first?.canonical ?? "")).toEqual(first);
      }),
      { numRuns: repetitions(3000) },
    ));

  it("returns a canonical form in ASCII with one @ and a domain of several labels", () =>
    fc.assert(
      fc.property(raw, (text) => {
        const { canonical = "a@b.c" } = parseEmail(text) ?? {};
        expect(canonical).toMatch(/^[!-?A-~]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/);
        expect(canonical).toBe(canonical.toLowerCase());
        expect(canonical.length).toBeLessThanOrEqual(254);
      }),
      { numRuns: repetitions(3000) },
    ));
});
