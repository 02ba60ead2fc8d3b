/** The device that an email about a change names. */
import { requestContext } from "../request-context";
import { parseUserAgent, UNKNOWN_DEVICE } from "../text/user-agent";

/** The device that sent the request. null for an app's backend. */
export function requestingDevice(): string | null {
  const { name } = parseUserAgent(requestContext()?.userAgent ?? null);
  return name === UNKNOWN_DEVICE ? null : name;
}
