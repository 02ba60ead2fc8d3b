import { expect, it } from "vitest";
import { isForeign } from "./origin";

const US = "https://auth.example.com";

it.each([
  ["GET", "cross-site", "https://evil.example", false],
  ["HEAD", "cross-site", "https://evil.example", false],
  ["OPTIONS", "cross-site", "https://evil.example", false],
  ["POST", "same-origin", US, false],
  ["POST", "none", null, false],
  ["POST", "same-site", US, true],
  ["POST", "cross-site", US, true],
  ["POST", "cross-site", null, true],
  ["POST", "", US, true],
  ["POST", "Same-Origin", US, true],
  // Sec-Fetch-Site decides where a browser sends it, so an Origin that lies about us helps nobody …
  ["POST", "same-origin", "https://evil.example", false],
  // … and Origin decides only where it is absent.
  ["POST", null, US, false],
  ["POST", null, "https://evil.example", true],
  ["POST", null, "null", true],
  ["POST", null, `${US}.evil.example`, true],
  ["POST", null, `${US}:8443`, true],
  ["POST", null, "http://auth.example.com", true],
  ["POST", null, "", true],
  ["POST", null, null, false],
  ["PUT", null, "https://evil.example", true],
  ["PATCH", "cross-site", null, true],
  ["DELETE", "cross-site", null, true],
])("%s with Sec-Fetch-Site %s and Origin %s is foreign: %s (SECURITY 12)", (method, secFetchSite, origin, foreign) =>
  expect(isForeign({ method, secFetchSite, origin }, US)).toBe(foreign),
);
