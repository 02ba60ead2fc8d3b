/** The URLs of an App's hosted pages. */
import type { App } from "../apps/apps";
import type { AccountPage, FormScreen } from "../oauth/authorize/interaction";
import type { Screen } from "../oauth/authorize/proceed";

/** What the page /o/{app}/done/{outcome} confirms. */
export type Outcome =
  | "verified"
  | "disowned"
  | "password"
  | "address"
  | "closed"
  | "continue"
  | "device-allowed"
  | "device-denied";

export type HostedPage =
  | Screen
  | FormScreen
  | AccountPage
  | "account/start"
  | "account/recovery-codes"
  | "passkey-offer"
  | "device"
  | "device/confirm"
  | "forgot"
  | "verify/pending"
  | `done/${Outcome}`;

export function pageUrl(app: App, page: HostedPage, interactionId?: string): string {
  return `/o/${app.id}/${page}${interactionId ? `?interaction=${interactionId}` : ""}`;
}
