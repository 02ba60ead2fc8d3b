/** The device authorization endpoint (RFC 8628 §3.1). */
import { limitPublicClient } from "../../limits/public-clients";
import { readTarget } from "../authorize/read-parameters";
import { DEVICE_CODE_TTL_SECONDS, POLL_INTERVAL_SECONDS, startDeviceCode } from "../device/device-codes";
import { formatUserCode } from "../device/user-code";
import { requireGrantType } from "../grants/dispatch";
import { authenticate, type OAuthInput } from "./oauth-route";

/** RFC 8628 §3.2 */
export async function deviceAuthorization(input: OAuthInput): Promise<object> {
  const { app, client } = await authenticate(input);
  requireGrantType(client, "urn:ietf:params:oauth:grant-type:device_code");
  const target = await readTarget(input.parameters, { app, client });
  await limitPublicClient(client);
  const started = await startDeviceCode({ appId: app.id, clientId: client.id, ...target });
  const userCode = formatUserCode(started.userCode);
  const page = `${app.issuer}/device`;
  return {
    device_code: started.deviceCode,
    user_code: userCode,
    verification_uri: page,
    verification_uri_complete: `${page}?user_code=${userCode}`,
    expires_in: DEVICE_CODE_TTL_SECONDS,
    interval: POLL_INTERVAL_SECONDS,
  };
}
