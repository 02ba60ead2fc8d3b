/** A third party's website: sign in with Foyer, come back, sign out. What speaks the protocol is a library of somebody else's. */
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll } from "vitest";

/** What the site was told when it was registered. */
export interface Registration {
  issuer: string;
  clientId: string;
  /** Absent for a public client. */
  clientSecret?: string;
  redirectUri: string;
  goodbyeUri: string;
}

/** What the site must remember between leaving and coming back. */
export interface Checks {
  verifier: string;
  state: string;
  nonce: string;
}

export interface Held {
  accessToken: string;
  refreshToken?: string;
  idToken?: string;
  scope?: string;
  /** What the verified ID token says. */
  claims: Record<string, unknown>;
}

/** A client of the issuer, as one library does it. Every answer is checked as that library checks it. */
export interface Connection {
  authorizationUrl(scope: string, checks: Checks): Promise<URL>;
  exchange(callback: URL, checks: Checks): Promise<Held>;
  userinfo(held: Held): Promise<Record<string, unknown>>;
  refresh(held: Held): Promise<Held>;
  introspect(token: string): Promise<Record<string, unknown>>;
  revoke(token: string): Promise<void>;
  goodbyeUrl(idToken: string, state: string): URL;
}

export type Connect = (registration: Registration) => Promise<Connection>;

export interface Site {
  url: string;
  redirectUri: string;
  goodbyeUri: string;
  /** What it got at the last sign-in. */
  held: Held | null;
  /** Why the last one failed, by the library. */
  refused: unknown;
  connection: Connection | null;
}

const SCOPE = "openid profile email offline_access";

function show(response: ServerResponse, text: string): void {
  response.writeHead(200, { "Content-Type": "text/html" }).end(`<!doctype html><title>Site</title><h1>${text}</h1>`);
}

function leave(response: ServerResponse, url: URL): void {
  response.writeHead(302, { Location: url.href }).end();
}

async function answer(site: Site, pending: Map<string, Checks>, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? "/", site.url);
  const { connection } = site;
  if (!connection) return response.writeHead(503).end();
  if (url.pathname === "/login") {
    const [verifier = "", state = "", nonce = ""] = [1, 2, 3].map(() => randomBytes(32).toString("base64url"));
    pending.set(state, { verifier, state, nonce });
    return leave(response, await connection.authorizationUrl(SCOPE, { verifier, state, nonce }));
  }
  if (url.pathname === "/cb") {
    const checks = pending.get(url.searchParams.get("state") ?? "");
    if (!checks) return show(response, "Nobody left for this");
    pending.delete(checks.state);
    site.held = await connection.exchange(url, checks);
    return show(response, "Signed in");
  }
  if (url.pathname === "/logout") return leave(response, connection.goodbyeUrl(site.held?.idToken ?? "", "see-you"));
  if (url.pathname === "/bye") return show(response, `Goodbye ${url.searchParams.get("state")}`);
  return response.writeHead(404).end();
}

/** On 127.0.0.1, since cookies ignore ports and Foyer is at localhost. */
export async function startSite(): Promise<Site> {
  const pending = new Map<string, Checks>();
  const server = createServer((request, response) => {
    answer(site, pending, request, response).catch((error) => {
      site.refused = error;
      show(response, "Refused");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  const addresses = { url, redirectUri: `${url}/cb`, goodbyeUri: `${url}/bye` };
  const site: Site = { ...addresses, held: null, refused: null, connection: null };
  return site;
}
