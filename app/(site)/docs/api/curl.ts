/** A documented call as a command to paste. `$APP`, `$KEY` and the like are the reader's to set. */

export interface CurlCall {
  method: string;
  /** With its parameters in braces. */
  path: string;
  origin: string;
  /** Values of path parameters; what has none stays a variable of the shell. */
  parameters: Record<string, string>;
  query: Record<string, unknown>;
  body?: Record<string, unknown>;
  form: boolean;
  credential: string | undefined;
  accept?: string;
}

const CREDENTIALS: Record<string, string> = {
  apiKey: `-H "Authorization: Bearer $KEY"`,
  userToken: `-H "Authorization: Bearer $TOKEN"`,
  clientSecret: `-u "$CLIENT:$SECRET"`,
  metricsToken: `-H "Authorization: Bearer $METRICS_TOKEN"`,
};

/** For the shell, between single quotes. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

export function addressOf({ origin, path, parameters, query }: CurlCall): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) =>
    name === "app_id" ? "$APP" : encodeURIComponent(parameters[name] ?? name),
  );
  const asked = new URLSearchParams(query as Record<string, string>).toString();
  return `${origin}${filled}${asked && `?${asked}`}`;
}

function formLines(body: Record<string, unknown>): string[] {
  return Object.entries(body).map(([name, value]) => {
    const text = String(value);
    const plain = /^[\w.~-]+$/.test(text);
    return plain ? `-d ${name}=${text}` : `--data-urlencode ${quoted(`${name}=${text}`)}`;
  });
}

function bodyLines({ body, form }: CurlCall): string[] {
  if (!body) return [];
  if (form) return formLines(body);
  return [`-H "Content-Type: application/json"`, `-d ${quoted(JSON.stringify(body, null, 2))}`];
}

export function curl(call: CurlCall): string {
  const { method, credential, accept } = call;
  // With a body curl posts by itself.
  const said = method === "GET" || (method === "POST" && call.body) ? "" : `-X ${method} `;
  const lines = [
    `curl ${said}"${addressOf(call)}"`,
    ...(credential && CREDENTIALS[credential] ? [CREDENTIALS[credential]] : []),
    ...(accept ? [`-H "Accept: ${accept}"`] : []),
    ...bodyLines(call),
  ];
  return lines.join(" \\\n  ");
}
