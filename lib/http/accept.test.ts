import { describe, expect, it } from "vitest";
import { prefersHtml, prefersJson } from "./accept";

describe("prefersJson (RFC 9110 §12.5.1)", () => {
  it.each([
    ["application/json", true],
    ["Application/JSON; q=0.9, text/html;q=0.8", true],
    ["application/json, text/html", false],
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", false],
    ["application/json;q=0", false],
    ["application/json;q=nonsense", false],
    ["*/*", false],
    ["", false],
  ])("%s → %s", (accept, json) => {
    expect(prefersJson(new Request("http://localhost/", { headers: { accept } }))).toBe(json);
  });
});

describe("prefersHtml (RFC 9110 §12.5.1)", () => {
  it.each([
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true],
    ["application/json, text/html", true],
    ["application/json, text/html;q=0.9", false],
    ["application/json", false],
    ["*/*", false],
    ["", false],
  ])("%s → %s", (accept, html) => {
    expect(prefersHtml(new Request("http://localhost/", { headers: { accept } }))).toBe(html);
  });
});
