/** curl commands of the API reference. The reader sets `$APP`, `$KEY` and the other variables. */

export interface CurlCall {
  method: string;
  /** The path template: `/o/{app_id}/token`. */
  path: string;
  origin: string;
  /** Example values of the path parameters. */
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

/** Quotes text for the shell. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

export function urlOf({ origin, path, parameters, query }: CurlCall): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) =>
    name === "app_id" ? "$APP" : encodeURIComponent(parameters[name] ?? name),
  );
  const search = new URLSearchParams(query as Record<string, string>).toString();
  return `${origin}${filled}${search && `?${search}`}`;
}

function formLines(body: Record<string, unknown>): string[] {
  return Object.entries(body).map(([name, value]) => {
    const text = String(value);
    const plain = /^[\w.~-]+$/.test(text);
    return plain ? `-d ${name}=${text}` : `--data-urlencode ${shellQuote(`${name}=${text}`)}`;
  });
}

function bodyLines({ body, form }: CurlCall): string[] {
  if (!body) return [];
  if (form) return formLines(body);
  return [`-H "Content-Type: application/json"`, `-d ${shellQuote(JSON.stringify(body, null, 2))}`];
}

export function curl(call: CurlCall): string {
  const { method, credential, accept } = call;
  // curl uses POST by default if there is a body.
  const methodFlag = method === "GET" || (method === "POST" && call.body) ? "" : `-X ${method} `;
  const lines = [
    `curl ${methodFlag}"${urlOf(call)}"`,
    ...(credential && CREDENTIALS[credential] ? [CREDENTIALS[credential]] : []),
    ...(accept ? [`-H "Accept: ${accept}"`] : []),
    ...bodyLines(call),
  ];
  return lines.join(" \\\n  ");
}
