/** curl: client credentials. */
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
