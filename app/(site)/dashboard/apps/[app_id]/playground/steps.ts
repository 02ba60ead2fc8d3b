/** The steps of an authorization, each as the request that a client would send. Pure; the page sends them, and shows them as code. */

export interface Flow {
  appId: string;
  issuer: string;
  redirectUri: string;
  clientId: string;
  /** Absent for a public client. */
  clientSecret?: string;
  scope: string;
  verifier: string;
  challenge: string;
  state: string;
  nonce: string;
  code?: string;
  accessToken?: string;
  refreshToken?: string;
}

export interface StepRequest {
  method: "GET" | "POST";
  url: string;
  headers: Record<string, string>;
  form?: Record<string, string>;
}

export interface Step {
  id: string;
  title: string;
  /** What it is good for, in a sentence, with the standard. */
  about: string;
  /** What must have happened before. */
  needs: (playing: Flow) => boolean;
  request: (playing: Flow) => StepRequest;
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. */
function clientHeaders({ clientId, clientSecret }: Flow): Record<string, string> {
  if (!clientSecret) return {};
  return { Authorization: `Basic ${btoa(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`)}` };
}

function post(playing: Flow, endpoint: string, form: Record<string, string>): StepRequest {
  const who: Record<string, string> = playing.clientSecret ? {} : { client_id: playing.clientId };
  return {
    method: "POST",
    url: `${playing.issuer}/${endpoint}`,
    headers: clientHeaders(playing),
    form: { ...form, ...who },
  };
}

function bearer(url: string, token: string): StepRequest {
  return { method: "GET", url, headers: { Authorization: `Bearer ${token}` } };
}

export function authorizeUrl(playing: Flow): string {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: playing.clientId,
    redirect_uri: playing.redirectUri,
    scope: playing.scope,
    state: playing.state,
    nonce: playing.nonce,
    code_challenge: playing.challenge,
    code_challenge_method: "S256",
  });
  return `${playing.issuer}/authorize?${query}`;
}

const origin = (playing: Flow) => new URL(playing.issuer).origin;

export const STEPS: Step[] = [
  {
    id: "authorize",
    title: "Authorize",
    about:
      "The browser goes to Foyer. The user signs in and allows it; the browser comes back with a code (RFC 6749 §4.1, PKCE RFC 7636).",
    needs: () => true,
    request: (playing) => ({ method: "GET", url: authorizeUrl(playing), headers: {} }),
  },
  {
    id: "token",
    title: "Exchange the code",
    about: "The client's backend trades the code, once and within a minute, for tokens (RFC 6749 §4.1.3).",
    needs: (playing) => playing.code !== undefined,
    request: (playing) =>
      post(playing, "token", {
        grant_type: "authorization_code",
        code: playing.code ?? "",
        redirect_uri: playing.redirectUri,
        code_verifier: playing.verifier,
      }),
  },
  {
    id: "me",
    title: "Read the user",
    about: "What the scopes show of the user. Foyer looks up each time whether the grant still lives.",
    needs: (playing) => playing.accessToken !== undefined,
    request: (playing) => bearer(`${origin(playing)}/api/me`, playing.accessToken ?? ""),
  },
  {
    id: "refresh",
    title: "Refresh",
    about:
      "A new access token without the user. A confidential client keeps its refresh token; a public one gets a new one (RFC 6749 §6).",
    needs: (playing) => playing.refreshToken !== undefined,
    request: (playing) =>
      post(playing, "token", { grant_type: "refresh_token", refresh_token: playing.refreshToken ?? "" }),
  },
  {
    id: "introspect",
    title: "Introspect",
    about: "Whether the access token is good at this moment, and what it says. For clients with a secret (RFC 7662).",
    needs: (playing) => playing.accessToken !== undefined && playing.clientSecret !== undefined,
    request: (playing) => post(playing, "introspect", { token: playing.accessToken ?? "" }),
  },
  {
    id: "revoke",
    title: "Revoke",
    about:
      "Gives the refresh token back: the grant ends, with every token of it. Read the user again to see (RFC 7009).",
    needs: (playing) => playing.refreshToken !== undefined,
    request: (playing) => post(playing, "revoke", { token: playing.refreshToken ?? "" }),
  },
];

/** The same request for a terminal. */
export function toCurl({ method, url, headers, form }: StepRequest): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const lines = [`curl -s${method === "GET" ? "" : ` -X ${method}`} ${quoted(url)}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`-H ${quoted(`${name}: ${value}`)}`);
  for (const [name, value] of Object.entries(form ?? {})) lines.push(`--data-urlencode ${quoted(`${name}=${value}`)}`);
  return lines.join(" \\\n  ");
}

/** The same request for a program. */
export function toTypeScript({ method, url, headers, form }: StepRequest): string {
  const show = (value: unknown) => JSON.stringify(value, null, 2).replaceAll("\n", "\n  ");
  const options = [
    ...(method === "GET" ? [] : [`method: ${JSON.stringify(method)},`]),
    ...(Object.keys(headers).length > 0 ? [`headers: ${show(headers)},`] : []),
    ...(form ? [`body: new URLSearchParams(${show(form)}),`] : []),
  ];
  const rest = options.length > 0 ? `, {\n${options.map((line) => `  ${line}`).join("\n")}\n}` : "";
  return `const response = await fetch(${JSON.stringify(url)}${rest});\nconsole.log(await response.json());`;
}

/** As it goes over the wire. */
export function toHttp({ method, url, headers, form }: StepRequest): string {
  const { host, pathname, search } = new URL(url);
  const body = form && new URLSearchParams(form).toString();
  const lines = Object.entries({
    Host: host,
    ...headers,
    ...(body && { "Content-Type": "application/x-www-form-urlencoded" }),
  }).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${pathname}${search} HTTP/1.1`, ...lines, ...(body ? ["", body] : [])].join("\n");
}

/** What a JWT says, unverified; null for anything else. */
export function decodeJwt(token: unknown): { header: unknown; payload: unknown } | null {
  if (typeof token !== "string") return null;
  const parts = token.split(".");
  if (parts.length !== 3) return null;
  try {
    const [header, payload] = parts.slice(0, 2).map((part) => {
      const bytes = Uint8Array.from(atob(part.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
      return JSON.parse(new TextDecoder().decode(bytes));
    });
    return { header, payload };
  } catch {
    return null;
  }
}

/** What an answer brings along for the steps after it. */
export function applyResponse(playing: Flow, stepId: string, status: number, body: unknown): Flow {
  const answer = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof answer[name] === "string" ? (answer[name] as string) : undefined);
  if (status !== 200) return playing;
  if (stepId === "token" || stepId === "refresh")
    return {
      ...playing,
      // A code works once.
      code: undefined,
      accessToken: text("access_token"),
      refreshToken: text("refresh_token") ?? playing.refreshToken,
    };
  if (stepId === "revoke") return { ...playing, refreshToken: undefined };
  return playing;
}
