/** Example requests of the API reference in other languages than curl. Values of the reader are environment variables. */
import type { Language } from "../language-tabs";
import { type CurlCall, curl, urlOf } from "./curl";

/** The value of the Authorization header: text and `$VARIABLE`. */
const AUTHORIZATION: Record<string, string> = {
  apiKey: "Bearer $KEY",
  userToken: "Bearer $TOKEN",
  metricsToken: "Bearer $METRICS_TOKEN",
};

const VARIABLE = /\$([A-Z_]+)/g;

interface Parts {
  url: string;
  headers: [string, string][];
  basic: boolean;
  form: [string, string][] | null;
  json: Record<string, unknown> | null;
}

function partsOf(call: CurlCall): Parts {
  const { credential = "", accept, body, form } = call;
  const headers: [string, string][] = [];
  if (AUTHORIZATION[credential]) headers.push(["Authorization", AUTHORIZATION[credential]]);
  if (accept) headers.push(["Accept", accept]);
  return {
    url: urlOf(call),
    headers,
    basic: credential === "clientSecret",
    form: body && form ? Object.entries(body).map(([name, value]) => [name, String(value)]) : null,
    json: body && !form ? body : null,
  };
}

const indent = (text: string, by: string) => text.replaceAll("\n", `\n${by}`);

function typescript(call: CurlCall): string {
  const { url, headers, basic, form, json } = partsOf(call);
  const text = (value: string) =>
    value.includes("$")
      ? `\`${value.replace(VARIABLE, (_, name) => `\${process.env.${name}}`)}\``
      : JSON.stringify(value);
  const lines = headers.map(([name, value]) => `    ${/^\w+$/.test(name) ? name : `"${name}"`}: ${text(value)},`);
  if (basic) lines.push(`    Authorization: \`Basic \${btoa(${text("$CLIENT:$SECRET")})}\`,`);
  if (json) lines.push('    "Content-Type": "application/json",');
  const options = [
    ...(call.method === "GET" ? [] : [`  method: "${call.method}",`]),
    ...(lines.length > 0 ? ["  headers: {", ...lines, "  },"] : []),
    ...(json ? [`  body: JSON.stringify(${indent(JSON.stringify(json, null, 2), "  ")}),`] : []),
    ...(form
      ? ["  body: new URLSearchParams({", ...form.map(([k, v]) => `    ${k}: ${JSON.stringify(v)},`), "  }),"]
      : []),
  ];
  const sent = options.length > 0 ? `, {\n${options.join("\n")}\n}` : "";
  return `const response = await fetch(${text(url)}${sent});\nconsole.log(response.status, await response.text());`;
}

/** Python's spelling of a JSON value. */
function literal(value: unknown, by = ""): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const inner = `${by}    `;
  const [open, close, items] = Array.isArray(value)
    ? ["[", "]", value.map((item) => literal(item, inner))]
    : ["{", "}", Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${literal(item, inner)}`)];
  if (items.length === 0) return `${open}${close}`;
  return `${open}\n${items.map((item) => `${inner}${item},\n`).join("")}${by}${close}`;
}

function python(call: CurlCall): string {
  const { url, headers, basic, form, json } = partsOf(call);
  const text = (value: string) =>
    value.includes("$")
      ? `f${JSON.stringify(value.replaceAll(/[{}]/g, "$&$&")).replace(VARIABLE, (_, name) => `{os.environ['${name}']}`)}`
      : JSON.stringify(value);
  const values = [
    text(url),
    ...(headers.length > 0
      ? [`headers={\n${headers.map(([name, value]) => `        "${name}": ${text(value)},\n`).join("")}    }`]
      : []),
    ...(basic ? ['auth=(os.environ["CLIENT"], os.environ["SECRET"])'] : []),
    ...(json ? [`json=${literal(json, "    ")}`] : []),
    ...(form ? [`data=${literal(Object.fromEntries(form), "    ")}`] : []),
  ];
  const args = values.map((value) => `    ${value},\n`).join("");
  return `import os\nimport requests\n\nresponse = requests.${call.method.toLowerCase()}(\n${args})\nprint(response.status_code, response.text)`;
}

/** A Go expression: literals and `os.Getenv` joined with +. */
function goText(value: string): string {
  const parts = value.split(VARIABLE).map((part, index) => (index % 2 === 1 ? `os.Getenv("${part}")` : part));
  return parts.flatMap((part, index) => (index % 2 === 1 ? [part] : part ? [JSON.stringify(part)] : [])).join("+");
}

function go(call: CurlCall): string {
  const { url, headers, basic, form, json } = partsOf(call);
  const body = json
    ? `strings.NewReader(\`${JSON.stringify(json, null, 2).replaceAll("`", '`+"`"+`')}\`)`
    : form
      ? "strings.NewReader(form.Encode())"
      : "nil";
  const packages = ["fmt", "io", "net/http"];
  if (form) packages.push("net/url");
  if (basic || /\$[A-Z]/.test(url + headers.map(([, value]) => value))) packages.push("os");
  if (body !== "nil") packages.push("strings");
  const type = json ? "application/json" : form ? "application/x-www-form-urlencoded" : null;
  const width = Math.max(...(form ?? []).map(([name]) => name.length)) + 3;
  const value = ([name, text]: [string, string]) => `\t${`"${name}":`.padEnd(width)} {${JSON.stringify(text)}},`;
  const lines = [
    ...(form ? ["form := url.Values{", ...form.map(value), "}"] : []),
    `request, err := http.NewRequest("${call.method}", ${goText(url)}, ${body})`,
    "if err != nil {\n\tpanic(err)\n}",
    ...headers.map(([name, value]) => `request.Header.Set("${name}", ${goText(value)})`),
    ...(type ? [`request.Header.Set("Content-Type", "${type}")`] : []),
    ...(basic ? ['request.SetBasicAuth(os.Getenv("CLIENT"), os.Getenv("SECRET"))'] : []),
    "response, err := http.DefaultClient.Do(request)",
    "if err != nil {\n\tpanic(err)\n}",
    "defer response.Body.Close()",
    "text, _ := io.ReadAll(response.Body)",
    "fmt.Println(response.StatusCode, string(text))",
  ];
  // A raw string must keep its lines: only the code around it is indented.
  const inside = lines.map((line) => (line.includes("`") ? `\t${line}` : `\t${indent(line, "\t")}`)).join("\n");
  const imports = packages.map((name) => `\t"${name}"\n`).join("");
  return `package main\n\nimport (\n${imports})\n\nfunc main() {\n${inside}\n}`;
}

export function requestCode(call: CurlCall): Record<Language, string> {
  return { curl: curl(call), typescript: typescript(call), python: python(call), go: go(call) };
}
