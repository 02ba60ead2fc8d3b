import { expect, it } from "vitest";
import { deviceName, parseUserAgent, systemName } from "./user-agent";

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";

it.each([
  [`Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36`, "Chrome on Linux", false],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/142.0 Safari/537.36 Edg/142.0`,
    "Edge on Windows",
    false,
  ],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Windows", false],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
    "Safari on macOS",
    false,
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1",
    "Chrome on iPhone",
    true,
  ],
  [`Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/142.0.0.0 Mobile Safari/537.36`, "Chrome on Android", true],
  ["curl/8.5.0", "curl", false],
  ["<b>unknown</b>", "Unknown device", false],
  [null, "Unknown device", false],
])("parseUserAgent reads %s", (userAgent, name, mobile) => {
  expect(parseUserAgent(userAgent)).toEqual({ name, mobile });
});

it.each([
  ["photos-cli/1.2 (darwin)", "photos-cli/1.2 on macOS", "macOS"],
  ["node", "node", "node"],
  ["curl/8.5.0", "curl", "curl"],
  ["claude-code/2.0 (Linux; x64)", "claude-code/2.0 on Linux", "Linux"],
  [`Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36`, "Chrome on Linux", "Linux"],
  ["", "Unknown device", null],
  [null, "Unknown device", null],
])("names the device of %j", (userAgent, name, system) => {
  expect(deviceName(userAgent)).toBe(name);
  expect(systemName(userAgent)).toBe(system);
});
