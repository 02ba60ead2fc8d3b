/** What an MCP server and its users need, derived from the server's URL (RFC 9728). */

/** Where the server publishes its metadata: RFC 9728 §3.1 puts the path behind the well-known name. */
export function metadataUrl(identifier: string): string {
  const { origin, pathname } = new URL(identifier);
  return `${origin}/.well-known/oauth-protected-resource${pathname === "/" ? "" : pathname}`;
}

export function metadataDocument(identifier: string, issuer: string): string {
  const document = { resource: identifier, authorization_servers: [issuer], bearer_methods_supported: ["header"] };
  return JSON.stringify(document, null, 2);
}

/** A short name for commands: `mcp.example.com` → `example`. */
export function serverName(identifier: string): string {
  const labels = new URL(identifier).hostname.split(".").filter((label) => !/^(www|api|mcp)$/.test(label));
  return labels[0]?.replace(/[^a-z0-9-]/gi, "") || "my-server";
}

export function commandTabs(identifier: string) {
  const name = serverName(identifier);
  const config = JSON.stringify({ mcpServers: { [name]: { url: identifier } } }, null, 2);
  return [
    { label: "Claude Code", code: `claude mcp add --transport http ${name} '${identifier.replaceAll("'", "%27")}'` },
    {
      label: "VS Code",
      code: `code --add-mcp '${JSON.stringify({ name, type: "http", url: identifier }).replaceAll("'", "%27")}'`,
    },
    { label: "Cursor and others", code: config },
    { label: "MCP Inspector", code: "npx @modelcontextprotocol/inspector" },
  ];
}
