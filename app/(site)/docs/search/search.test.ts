/** The documentation's search: ranking, prefixes, typos, and links that exist. */
import { expect, it } from "vitest";
import { readReference } from "../api/reference";
import { listHeadings } from "../headings";
import { docHref } from "../hrefs";
import { listDocPages } from "../pages";
import { searchDocs } from "./search";

const first = (q: string) => searchDocs(q)[0]?.href;

it.each([
  ["token exchange", "/docs/token-exchange"],
  ["passkeys", "/docs/passkeys"],
  ["passk", "/docs/passkeys"],
  ["self-hosting", "/docs/self-hosting"],
  ["concpets", "/docs/concepts"],
])("finds the page for %j first", (q, href) => expect(first(q)).toBe(href));

it("finds endpoints by their summary, and settings by code", () => {
  expect(searchDocs("create a user").map(({ href }) => href)).toContain("/docs/api/users#createUser");
  expect(searchDocs("TRUSTED_PROXIES").map(({ href }) => href.split("#")[0])).toContain("/docs/self-hosting");
});

it("finds sections that have all the words before it settles for one", () => {
  for (const { href } of searchDocs("rotate signing keys")) expect(href).toMatch(/^\/docs/);
  expect(searchDocs("passkeys zzzzzz")).toEqual([]);
  expect(searchDocs("passkeys zzzzzz", { orAny: true })[0]?.href).toBe("/docs/passkeys");
  expect(searchDocs("no such thing").length).toBeLessThan(1);
});

it("shows an excerpt with the word", () => {
  const hit = searchDocs("consent").find(({ excerpt }) => /consent/i.test(excerpt));
  expect(hit).toBeDefined();
  expect(hit?.excerpt.length).toBeLessThan(160);
});

it("links to what exists", () => {
  const pages = listDocPages().flatMap(({ slug, text }) => [
    docHref(slug),
    ...listHeadings(text).map(({ id }) => `${docHref(slug)}#${id}`),
  ]);
  const endpoints = readReference().flatMap(({ slug, endpoints }) =>
    endpoints.map(({ id }) => `/docs/api/${slug}#${id}`),
  );
  const known = new Set([...pages, ...endpoints]);
  const found = ["token", "user", "session", "key", "email"].flatMap((q) => searchDocs(q, { most: 200 }));
  expect(found.length).toBeGreaterThan(100);
  expect(found.filter(({ href }) => !known.has(href))).toEqual([]);
});

it.each(["", "   ", "0000000", "<script>", "((((", "x".repeat(5000)])("has no result for %j, and no error", (q) =>
  expect(searchDocs(q).every(({ href }) => href.startsWith("/docs"))).toBe(true),
);
