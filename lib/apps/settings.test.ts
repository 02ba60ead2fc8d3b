import { describe, expect, it } from "vitest";
import { AppSettings } from "./settings";

it("has a default for each setting", () =>
  expect(AppSettings.parse({})).toMatchObject({
    methods: { password: true, magic_link: true, email_code: false },
    signups: "open",
    allowed_email_domains: [],
    require_verified_email: false,
    password_minimum_bytes: 8,
    direct_token_ttl_seconds: 900,
    oauth_token_ttl_seconds: 600,
    return_urls: [],
    delivery: "query",
    branding: { logo_url: null, color: null },
  }));

it("keeps given settings, adds defaults and drops unknown settings", () =>
  expect(AppSettings.parse({ signups: "closed", methods: { password: false }, admin: true })).toEqual({
    ...AppSettings.parse({}),
    signups: "closed",
    methods: { password: false, magic_link: true, email_code: false },
  }));

describe("rejects", () => {
  it.each<[string, unknown]>([
    ["signups", "everyone"],
    ["password_minimum_bytes", 7],
    ["password_minimum_bytes", 65],
    ["password_minimum_bytes", "8"],
    ["direct_token_ttl_seconds", 59],
    ["direct_token_ttl_seconds", 86_401],
    ["direct_token_ttl_seconds", 900.5],
    ["session_ttl_seconds", Number.NaN],
    ["session_ttl_seconds", Number.POSITIVE_INFINITY],
    ["audit_retention_days", 0],
    ["delivery", "email"],
    ["methods", { password: "yes" }],
    ["branding", { color: "red" }],
    ["branding", { color: "#1f5c4d;}" }],
    ["branding", { logo_url: "javascript:alert(1)" }],
    ["branding", { logo_url: "data:image/svg+xml,<svg/>" }],
    ["return_urls", Array(101).fill("https://example.com")],
  ])("%s: %j", (name, value) => expect(AppSettings.safeParse({ [name]: value }).success).toBe(false));
});

describe("return_urls", () => {
  it.each([
    "https://blog.example.com/welcome",
    "https://blog.example.com/welcome?next=%2F",
    "http://localhost:3000/callback",
    "http://127.0.0.1/callback",
    "com.example.app:/callback",
    "https://münchen.example/",
  ])("accepts %s", (url) => expect(AppSettings.safeParse({ return_urls: [url] }).success).toBe(true));

  it.each([
    "",
    "/welcome",
    "blog.example.com",
    "//blog.example.com",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,<script>",
    "file:///etc/passwd",
    "blob:https://example.com/1",
    "vbscript:x",
    "about:blank",
    "https://user@blog.example.com",
    "https://:password@blog.example.com",
    "https://blog.example.com/#token",
    "https://blog.example.com/#",
    " https://blog.example.com",
    "https://blog.example.com/\n",
    "https://blog.example.com/\r\nSet-Cookie:x",
    "java\nscript:alert(1)",
    "https:\\\\blog.example.com",
    "https://blog.example.com\\@evil.example",
    "https://blog.example.com/a b",
    "https://blog.example.com/\0",
    `https://blog.example.com/${"a".repeat(2000)}`,
  ])("rejects %j", (url) => expect(AppSettings.safeParse({ return_urls: [url] }).success).toBe(false));
});
