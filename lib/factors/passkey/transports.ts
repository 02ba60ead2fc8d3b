/** How a browser reaches an authenticator (WebAuthn §5.8.4). Unknown values are dropped. */
const TRANSPORTS = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"] as const;

export function transportsOf(sent: string[]): (typeof TRANSPORTS)[number][] {
  return TRANSPORTS.filter((transport) => sent.includes(transport));
}
