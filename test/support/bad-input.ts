/** Invalid input that every endpoint must reject with a 4xx and without writing a row. */
import type { CallOptions } from "./call";

/** Values that every required text field rejects; `undefined` omits the field. */
export const BAD_TEXTS: [title: string, value: unknown][] = [
  ["missing", undefined],
  ["null", null],
  ["empty", ""],
  ["a number", 7],
  ["a boolean", true],
  ["an array", ["bob@example.com"]],
  ["an object", { contains: "" }],
  ["too long", "a".repeat(5000)],
  ["NUL inside", "bob\0@example.com"],
  ["a lone surrogate", "bob\ud800@example.com"],
];

/** Bodies that are not a JSON object of the right type and size. `json` would be accepted. */
export function badBodies(json: object): [title: string, status: number, options: CallOptions][] {
  const text = JSON.stringify(json);
  const latin1 = Buffer.from(text.replace(/"}$/, '\u00e4"}'), "latin1");
  const large = JSON.stringify({ ...json, filler: "x".repeat(64 * 1024) });
  const withType = (type: string): CallOptions => ({ body: text, headers: { "content-type": type } });
  const stream = () => new Blob([large]).stream();
  return [
    ["broken JSON", 400, { body: text.slice(0, -1) }],
    ["JSON with a trailing comma", 400, { body: text.replace(/}$/, ",}") }],
    ["an empty body", 400, { body: "" }],
    ["spaces", 400, { body: "  \n" }],
    ["an array", 400, { body: [json] }],
    ["a string", 400, { body: '"text"' }],
    ["a number", 400, { body: "7" }],
    ["null", 400, { body: "null" }],
    ["an empty object", 400, { body: {} }],
    ["invalid UTF-8", 400, { body: new Uint8Array(latin1) }],
    ["very deep JSON", 400, { body: "[".repeat(30_000) }],
    ["no body and no content type", 415, { method: "POST" }],
    ["no body", 400, { method: "POST", headers: { "content-type": "application/json" } }],
    ["a form", 415, withType("application/x-www-form-urlencoded")],
    ["text/plain, which needs no preflight", 415, withType("text/plain;charset=UTF-8")],
    ["another JSON type", 415, withType("application/merge-patch+json")],
    ["a content type in quotes", 415, withType('"application/json"')],
    ["a body over 64 KiB", 413, { body: large }],
    ["a body over 64 KiB in a stream", 413, { body: stream(), headers: { "content-type": "application/json" } }],
    [
      "a body that only claims to be over 64 KiB",
      413,
      { body: text, headers: { "content-type": "application/json", "content-length": "70000" } },
    ],
  ];
}
