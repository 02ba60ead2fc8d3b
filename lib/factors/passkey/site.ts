/** The relying party of an app's passkeys: its RP ID and the origins of its pages (WebAuthn §5.1.2). */
import type { App } from "../../apps/apps";
import { isUnder } from "../../apps/passkey-site";
import { env } from "../../env";

type Settings = Pick<App["settings"], "passkeys" | "passkey_rp_id" | "passkey_origins">;

/** Without one of its own, an app's passkeys belong to the host of Foyer. */
export function rpIdOf({ passkey_rp_id: rpId }: Pick<Settings, "passkey_rp_id">): string {
  return rpId ?? new URL(env().PUBLIC_URL).hostname;
}

export function expectedOrigins({ passkey_origins: origins }: Pick<Settings, "passkey_origins">): string[] {
  return [new URL(env().PUBLIC_URL).origin, ...origins];
}

/** Whether Foyer's own pages can use the app's passkeys. */
export function worksOnHostedPages(settings: Settings): boolean {
  return settings.passkeys && isUnder(new URL(env().PUBLIC_URL).hostname, rpIdOf(settings));
}
