/** Device names from User-Agent headers, for display only: browsers can send anything. */
type Named = [pattern: RegExp, name: string];

// The order matters: most browsers also name Chrome and Safari.
const BROWSERS: Named[] = [
  [/\bEdgA?\/|\bEdgiOS\//, "Edge"],
  [/\bOPR\/|\bOPT\//, "Opera"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bHeadlessChrome\//, "Headless Chrome"],
  [/\bChrome\/|\bCriOS\//, "Chrome"],
  [/\bVersion\/[\d.]+ .*Safari\//, "Safari"],
  [/^curl\//, "curl"],
];

const SYSTEMS: Named[] = [
  [/\biPhone\b|\biPod\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b|\bwin32\b/i, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMac OS X\b|\bMacintosh\b|\bdarwin\b/i, "macOS"],
  [/\bLinux\b|\bX11\b/i, "Linux"],
];

export const UNKNOWN_DEVICE = "Unknown device";

export interface Device {
  /** "Firefox on Windows" */
  name: string;
  mobile: boolean;
}

export function parseUserAgent(userAgent: string | null): Device {
  const text = userAgent ?? "";
  const browser = nameIn(BROWSERS, text);
  const system = nameIn(SYSTEMS, text);
  const name = browser && system ? `${browser} on ${system}` : (browser ?? system ?? UNKNOWN_DEVICE);
  return { name, mobile: /\bMobile\b|\biPhone\b|\biPad\b|\bAndroid\b/.test(text) };
}

const MAX_PRODUCT_LENGTH = 60;

/**
 * The device in a few words, also of a program that isn't a browser: "photos-cli/1.2". Display
 * only.
 */
export function deviceName(userAgent: string | null): string {
  const text = userAgent ?? "";
  const [product = ""] = text.trim().split(/\s+/);
  if (product === "" || /^Mozilla\//.test(product) || nameIn(BROWSERS, text)) return parseUserAgent(userAgent).name;
  const program = product.slice(0, MAX_PRODUCT_LENGTH);
  const system = nameIn(SYSTEMS, text);
  return system ? `${program} on ${system}` : program;
}

/** The device without the browser: "macOS". A program without a known system has its own name. */
export function systemName(userAgent: string | null): string | null {
  const name = deviceName(userAgent);
  return name === UNKNOWN_DEVICE ? null : (nameIn(SYSTEMS, userAgent ?? "") ?? name);
}

function nameIn(list: Named[], text: string): string | undefined {
  return list.find(([pattern]) => pattern.test(text))?.[1];
}
