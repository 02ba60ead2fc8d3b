/** Metadata of the device grant (RFC 8628 §4). */
import type { App } from "../../apps/apps";

export function deviceMetadata(app: App) {
  return { device_authorization_endpoint: `${app.issuer}/device_authorization` };
}
