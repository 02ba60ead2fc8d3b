import { expect, it } from "vitest";
import { isForeignOrigin } from "./origin";

const OWN = "https://auth.example.com";

it.each([
  ["GET", "cross-site", "https://evil.example", false],
  ["HEAD", "cross-site", "https://evil.example", false],
  ["OPTIONS", "cross-site", "https://evil.example", false],
  ["POST", "same-origin", OWN, false],
  ["POST", "none", null, false],
  ["POST", "same-site", OWN, true],
  ["POST", "cross-site", OWN, true],
  ["POST", "cross-site", null, true],
  ["POST", "", OWN, true],
  ["POST", "Same-Origin", OWN, true],
  // Sec-Fetch-Site decides where the browser sends it, so a forged Origin has no effect …
  ["POST", "same-origin", "https://evil.example", false],
  // … and Origin decides only where it is absent.
  ["POST", null, OWN, false],
  ["POST", null, "https://evil.example", true],
  ["POST", null, "null", true],
  ["POST", null, `${OWN}.evil.example`, true],
  ["POST", null, `${OWN}:8443`, true],
  ["POST", null, "http://auth.example.com", true],
  ["POST", null, "", true],
  ["POST", null, null, false],
  ["PUT", null, "https://evil.example", true],
  ["PATCH", "cross-site", null, true],
  ["DELETE", "cross-site", null, true],
])(
  "%s with Sec-Fetch-Site %s and Origin %s is foreign: %s (Fetch Metadata §2)",
  (method, secFetchSite, origin, foreign) =>
    expect(isForeignOrigin({ method, secFetchSite, origin }, OWN)).toBe(foreign),
);
