/** curl: client credentials, and the device grant (RFC 8628). */
import type { SnippetValues } from "./snippet";

function shellString(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

export function curlClientCredentials({ issuer, client, scope }: SnippetValues): string {
  const authentication =
    client.token_endpoint_auth_method === "client_secret_post"
      ? `  -d client_id=${client.id} -d client_secret="$CLIENT_SECRET" \\\n`
      : `  -u ${client.id}:"$CLIENT_SECRET" \\\n`;
  const scopeParameter = scope ? ` --data-urlencode scope=${shellString(scope)}` : "";
  return `export CLIENT_SECRET=foyer_cs_…
curl ${issuer}/token \\
${authentication}  -d grant_type=client_credentials${scopeParameter}`;
}

/** The client is public, so it sends its ID alone. */
export function curlDevice({ issuer, client, scope }: SnippetValues): string {
  const scopeParameter = scope ? ` --data-urlencode scope=${shellString(scope)}` : "";
  return `# Shows a code and the page where the user enters it
curl ${issuer}/device_authorization \\
  -d client_id=${client.id}${scopeParameter}

# Repeat every 5 seconds, until the user has answered
curl ${issuer}/token -d client_id=${client.id} \\
  -d grant_type=urn:ietf:params:oauth:grant-type:device_code \\
  -d device_code=$DEVICE_CODE`;
}
