/** The setting of an app's own passkey domain: which origins may use it (WebAuthn §5.1.3 step 8). */
import { isLoopbackHost } from "../env";
import { failInput } from "../errors";
import type { AppSettings } from "./settings";

/** Whether a page of this host may use the RP ID. */
export function isUnder(host: string, rpId: string): boolean {
  return host === rpId || host.endsWith(`.${rpId}`);
}

function rpIdProblem(rpId: string): string | null {
  if (/^[\d.]+$/.test(rpId) || rpId.includes(":"))
    return "must be a domain: browsers allow no passkeys for an IP address";
  return rpId.includes(".") || rpId === "localhost" ? null : "must be a domain, like example.com";
}

function originProblem(origin: string, rpId: string): string | null {
  const { protocol, hostname } = new URL(origin);
  if (!isUnder(hostname, rpId))
    return `is not under ${rpId}, so browsers reject the passkeys there. Use an origin of this domain, or change passkey_rp_id`;
  if (protocol === "https:" || isLoopbackHost(hostname)) return null;
  return "must use https: browsers allow passkeys only on secure pages";
}

/** `host` is that of Foyer, whose passkeys an app without a domain of its own uses. @throws 400 */
export function requireUsablePasskeySite(
  { passkey_rp_id: own, passkey_origins: origins }: Pick<AppSettings, "passkey_rp_id" | "passkey_origins">,
  host: string,
): void {
  const problem = own && rpIdProblem(own);
  if (problem) failInput({ passkey_rp_id: problem });
  origins.forEach((origin, index) => {
    const wrong = originProblem(origin, own ?? host);
    if (wrong) failInput({ [`passkey_origins.${index}`]: wrong });
  });
}
