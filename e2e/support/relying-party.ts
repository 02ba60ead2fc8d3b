/** The website of a third party (an OAuth relying party): sign in with Foyer, and sign out. A library speaks the protocol. */
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onCleanup } from "./cleanup";

/** What the site knows of its registration. */
export interface Registration {
  issuer: string;
  clientId: string;
  /** Absent for a public client. */
  clientSecret?: string;
  redirectUri: string;
  goodbyeUri: string;
}

/** What the site keeps from the authorization request until the callback. */
export interface Checks {
  verifier: string;
  state: string;
  nonce: string;
}

export interface Tokens {
  accessToken: string;
  refreshToken?: string;
  idToken?: string;
  scope?: string;
  /** The claims of the verified ID token. */
  claims: Record<string, unknown>;
}

/** A client of the issuer, made with one library. The library validates every response. */
export interface Connection {
  authorizationUrl(scope: string, checks: Checks): Promise<URL>;
  exchange(callback: URL, checks: Checks): Promise<Tokens>;
  userinfo(tokens: Tokens): Promise<Record<string, unknown>>;
  refresh(tokens: Tokens): Promise<Tokens>;
  introspect(token: string): Promise<Record<string, unknown>>;
  revoke(token: string): Promise<void>;
  goodbyeUrl(idToken: string, state: string): URL;
}

export type Connect = (registration: Registration) => Promise<Connection>;

export interface Site {
  url: string;
  redirectUri: string;
  goodbyeUri: string;
  /** Of the last sign-in that succeeded. */
  tokens: Tokens | null;
  /** What the library threw at the last sign-in that failed. */
  error: unknown;
  connection: Connection | null;
}

const SCOPE = "openid profile email offline_access";

function show(response: ServerResponse, text: string): void {
  response.writeHead(200, { "Content-Type": "text/html" }).end(`<!doctype html><title>Site</title><h1>${text}</h1>`);
}

function redirect(response: ServerResponse, url: URL): void {
  response.writeHead(302, { Location: url.href }).end();
}

async function answer(site: Site, pending: Map<string, Checks>, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? "/", site.url);
  const { connection } = site;
  if (!connection) return response.writeHead(503).end();
  if (url.pathname === "/login") {
    const [verifier = "", state = "", nonce = ""] = [1, 2, 3].map(() => randomBytes(32).toString("base64url"));
    pending.set(state, { verifier, state, nonce });
    const target = await connection.authorizationUrl(SCOPE, { verifier, state, nonce });
    for (const [name, value] of url.searchParams) target.searchParams.set(name, value);
    return redirect(response, target);
  }
  if (url.pathname === "/cb") {
    const checks = pending.get(url.searchParams.get("state") ?? "");
    if (!checks) return show(response, "Unknown state");
    pending.delete(checks.state);
    site.tokens = await connection.exchange(url, checks);
    return show(response, "Signed in");
  }
  if (url.pathname === "/logout") {
    return redirect(response, connection.goodbyeUrl(site.tokens?.idToken ?? "", "see-you"));
  }
  if (url.pathname === "/bye") return show(response, `Goodbye ${url.searchParams.get("state")}`);
  return response.writeHead(404).end();
}

/** Starts a site on 127.0.0.1: cookies ignore ports, and Foyer is at localhost. */
export async function startSite(): Promise<Site> {
  const pending = new Map<string, Checks>();
  const server = createServer((request, response) => {
    answer(site, pending, request, response).catch((error) => {
      site.error = error;
      show(response, "Rejected");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onCleanup(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  const addresses = { url, redirectUri: `${url}/cb`, goodbyeUri: `${url}/bye` };
  const site: Site = { ...addresses, tokens: null, error: null, connection: null };
  return site;
}
