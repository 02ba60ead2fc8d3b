// An MCP server whose users sign in at Foyer. Any MCP client finds the issuer by itself, registers,
// and gets a token for this server alone. Needs: npm install
// ISSUER=http://localhost:8000/o/app_… node server.mjs
import { createServer } from "node:http";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { createRemoteJWKSet, jwtVerify } from "jose";

const { ISSUER, MCP_URL = "http://127.0.0.1:3002/mcp", MCP_SCOPE = "photos:read" } = process.env;
if (!ISSUER) {
  console.error("Set ISSUER to the issuer of an app whose setting mcp is on, like http://localhost:8000/o/app_…");
  process.exit(1);
}
const { origin, pathname, port } = new URL(MCP_URL);
const METADATA_PATH = `/.well-known/oauth-protected-resource${pathname}`;
const keys = createRemoteJWKSet(new URL(`${ISSUER}/jwks`));

/** RFC 9728 §2: where clients get tokens for this server. */
const metadata = {
  resource: MCP_URL,
  authorization_servers: [ISSUER],
  scopes_supported: [MCP_SCOPE],
  bearer_methods_supported: ["header"],
  resource_name: "Photo tools",
};

/** The claims of a token that was issued for this server (RFC 9068 §4), or null. */
async function verify(authorization = "") {
  const [, token] = /^Bearer (\S+)$/i.exec(authorization) ?? [];
  if (!token) return null;
  // The audience keeps tokens that were issued for another server from working here.
  const rules = { issuer: ISSUER, audience: MCP_URL, typ: "at+jwt", algorithms: ["ES256", "RS256"] };
  return jwtVerify(token, keys, rules).then(
    ({ payload }) => payload,
    () => null,
  );
}

/** RFC 9728 §5.1: a client without a valid token finds the metadata here. */
function challenge(response, status, error) {
  const parts = [`resource_metadata="${origin}${METADATA_PATH}"`, `scope="${MCP_SCOPE}"`];
  if (error) parts.unshift(`error="${error}"`);
  response.writeHead(status, { "WWW-Authenticate": `Bearer ${parts.join(", ")}` }).end();
}

/** The tools that a user's agent may call. A real server reads the user's photos by `sub`. */
function toolsOf(user) {
  const server = new McpServer({ name: "photo-tools", version: "1.0.0" });
  server.registerTool("list_photos", { description: "Lists the user's photos" }, async () => ({
    content: [{ type: "text", text: JSON.stringify({ user: user.sub, photos: ["beach.jpg", "cat.jpg"] }) }],
  }));
  return server;
}

async function readJson(request) {
  const chunks = await request.toArray();
  return chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
}

async function respond(request, response) {
  // Browser-based clients may call this server: it reads no cookies.
  response.setHeader("Access-Control-Allow-Origin", "*");
  response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept, MCP-Protocol-Version");
  response.setHeader("Access-Control-Expose-Headers", "WWW-Authenticate");
  if (request.method === "OPTIONS") return response.writeHead(204).end();
  const { pathname: path } = new URL(request.url, origin);
  if (path === METADATA_PATH)
    return response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(metadata));
  if (path !== pathname) return response.writeHead(404).end();
  const user = await verify(request.headers.authorization);
  if (!user) return challenge(response, 401, request.headers.authorization && "invalid_token");
  if (!String(user.scope).split(" ").includes(MCP_SCOPE)) return challenge(response, 403, "insufficient_scope");
  // Without sessions: each request has its own server, so that any number of processes can answer.
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  const server = toolsOf(user);
  response.on("close", () => Promise.all([transport.close(), server.close()]));
  await server.connect(transport);
  return transport.handleRequest(request, response, await readJson(request));
}

createServer((request, response) =>
  respond(request, response).catch((error) => {
    console.error(error);
    if (!response.headersSent) response.writeHead(error instanceof SyntaxError ? 400 : 500).end();
  }),
).listen(Number(port || 3002), () => console.log(`The MCP server is at ${MCP_URL}`));
