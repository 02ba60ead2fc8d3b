// An MCP client for the terminal, with the OAuth client of the official SDK. It knows only the URL of
// the server: the server's metadata names the issuer, and the issuer registers the client.
// node client.mjs http://127.0.0.1:3002/mcp
import { createServer } from "node:http";
import { UnauthorizedError } from "@modelcontextprotocol/sdk/client/auth.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const url = new URL(process.argv[2] ?? "http://127.0.0.1:3002/mcp");

/** The loopback redirect URI of an installed application (RFC 8252 §7.3), on a free port. */
let receive;
const callback = new Promise((resolve) => {
  receive = resolve;
});
const listener = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://127.0.0.1");
  if (pathname !== "/callback") return response.writeHead(404).end();
  response.writeHead(200, { "Content-Type": "text/html" }).end("<h1>Connected</h1><p>You can close this page.</p>");
  receive(searchParams);
}).listen(0, "127.0.0.1");
await new Promise((resolve) => listener.once("listening", resolve));
const redirectUrl = `http://127.0.0.1:${listener.address().port}/callback`;

/** Remembers everything until the program ends. A real client stores it per server. */
const kept = {};
const authProvider = {
  redirectUrl,
  clientMetadata: {
    client_name: "Terminal agent",
    redirect_uris: [redirectUrl],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    application_type: "native",
  },
  state: () => {
    kept.state = crypto.randomUUID();
    return kept.state;
  },
  clientInformation: () => kept.client,
  saveClientInformation: (client) => {
    kept.client = client;
  },
  tokens: () => kept.tokens,
  saveTokens: (tokens) => {
    kept.tokens = tokens;
  },
  redirectToAuthorization: (address) => console.log(`Open this URL in your browser:\n${address}`),
  saveCodeVerifier: (verifier) => {
    kept.verifier = verifier;
  },
  codeVerifier: () => kept.verifier,
};

async function connect() {
  const client = new Client({ name: "terminal-agent", version: "1.0.0" });
  const transport = new StreamableHTTPClientTransport(url, { authProvider });
  try {
    await client.connect(transport);
    return client;
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
    const answer = await callback;
    if (answer.get("state") !== kept.state) throw new Error("The response has another state.");
    const code = answer.get("code");
    if (!code) throw new Error(`${answer.get("error")}: ${answer.get("error_description")}`);
    await transport.finishAuth(code);
    return connect();
  }
}

const client = await connect();
const { content } = await client.callTool({ name: "list_photos" });
console.log(content[0].text);
await client.close();
listener.close();
listener.closeAllConnections();
