// A command line that signs a user in by the device grant (RFC 8628) and keeps no secret. Needs
// nothing but Node.js.
// ISSUER=http://localhost:8000/o/app_… CLIENT_ID=cli_… node examples/cli-device/cli.mjs
import { setTimeout as sleep } from "node:timers/promises";

const { ISSUER, CLIENT_ID, SCOPE = "openid profile email offline_access" } = process.env;

function stop(message) {
  console.error(message);
  process.exit(1);
}

if (!ISSUER || !CLIENT_ID)
  stop("Set ISSUER to the issuer of your app, and CLIENT_ID to a public client with the device grant.");

async function call(url, form) {
  const headers = { "User-Agent": `cli-device/1.0 (${process.platform})` };
  const body = form && new URLSearchParams({ client_id: CLIENT_ID, ...form });
  const response = await fetch(url, { method: form ? "POST" : "GET", headers, body });
  return { ok: response.ok, body: await response.json() };
}

const { body: metadata } = await call(`${ISSUER}/.well-known/openid-configuration`).catch((error) =>
  stop(`${ISSUER} can't be reached: ${error.cause?.message ?? error.message}`),
);
if (metadata.issuer !== ISSUER) stop(`${ISSUER} is not an issuer.`);

const started = await call(metadata.device_authorization_endpoint, { scope: SCOPE });
if (!started.ok) stop(started.body.error_description);
const { device_code, user_code, verification_uri, verification_uri_complete, expires_in } = started.body;
console.log(`Open ${verification_uri} and enter the code ${user_code}`);
console.log(`or open ${verification_uri_complete}`);

/** Polls until the user has answered. */
async function getTokens() {
  let seconds = started.body.interval;
  const deadline = Date.now() + expires_in * 1000;
  while (Date.now() < deadline) {
    await sleep(seconds * 1000);
    const grant_type = "urn:ietf:params:oauth:grant-type:device_code";
    const { ok, body } = await call(metadata.token_endpoint, { grant_type, device_code });
    if (ok) return body;
    if (body.error === "slow_down") seconds += 5;
    else if (body.error !== "authorization_pending") stop(body.error_description);
  }
  return stop("The code has expired. Start again.");
}

const tokens = await getTokens();
const headers = { Authorization: `Bearer ${tokens.access_token}` };
const user = await (await fetch(metadata.userinfo_endpoint, { headers })).json();
console.log(`Signed in as ${user.email ?? user.name ?? user.sub}. Scopes: ${tokens.scope}`);
// A real program stores tokens.refresh_token where only its user can read it, and refreshes.
