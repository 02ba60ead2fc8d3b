/** The request of a step as curl, TypeScript and HTTP. */
import type { StepRequest } from "./flow";

export function toCurl({ method, url, headers, form }: StepRequest): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const lines = [`curl -s${method === "GET" ? "" : ` -X ${method}`} ${quoted(url)}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`-H ${quoted(`${name}: ${value}`)}`);
  for (const [name, value] of Object.entries(form ?? {})) lines.push(`--data-urlencode ${quoted(`${name}=${value}`)}`);
  return lines.join(" \\\n  ");
}

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
