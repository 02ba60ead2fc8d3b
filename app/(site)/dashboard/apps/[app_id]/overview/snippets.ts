/** The quickstart's code, with the values of one App filled in, so that it runs as it is pasted. */
import type { App } from "@/lib/apps/apps";

export interface Snippets {
  exportKey: string;
  signUp: { curl: string; node: string };
  logIn: { curl: string; node: string };
  verify: { install: string; node: string; curl: string };
}

function examplePassword(minimumBytes: number): string {
  const short = "an open door and a warm light";
  return minimumBytes <= short.length ? short : `${short} in the hall of a quiet old house by the sea`;
}

function indented(body: object, by: string): string {
  return JSON.stringify(body, null, 2).replaceAll("\n", `\n${by}`);
}

function curl(url: string, body: object): string {
  return `curl -X POST ${url} \\
  -H "Authorization: Bearer $FOYER_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '${indented(body, "  ")}'`;
}

function node(url: string, body: object): string {
  return `const answer = await fetch("${url}", {
  method: "POST",
  headers: {
    Authorization: \`Bearer \${process.env.FOYER_API_KEY}\`,
    "Content-Type": "application/json",
  },
  body: JSON.stringify(${indented(body, "  ")}),
});
const { token, refresh_token, user } = await answer.json();`;
}

function verifyWithJose(app: App): string {
  return `import { createRemoteJWKSet, jwtVerify } from "jose";

const issuer = "${app.issuer}";
const keys = createRemoteJWKSet(new URL(\`\${issuer}/jwks\`));

// Throws when the token is forged, has expired or belongs to another App.
export async function verify(token) {
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience: "${app.id}",
    typ: "at+jwt",
  });
  return payload.sub; // the user’s id
}`;
}

export function quickstartSnippets(app: App): Snippets {
  const { origin } = new URL(app.issuer);
  const { allowed_email_domains: domains, password_minimum_bytes: minimumBytes } = app.settings;
  const credentials = { email: `bob@${domains[0] ?? "example.com"}`, password: examplePassword(minimumBytes) };
  const signUp = `${origin}/api/auth/credentials/signup/${app.id}`;
  const logIn = `${origin}/api/auth/credentials/login/${app.id}`;
  return {
    exportKey: "export FOYER_API_KEY=foyer_sk_…",
    signUp: {
      curl: curl(signUp, { ...credentials, name: "Bob" }),
      node: node(signUp, { ...credentials, name: "Bob" }),
    },
    logIn: { curl: curl(logIn, credentials), node: node(logIn, credentials) },
    verify: {
      install: "npm install jose",
      node: verifyWithJose(app),
      curl: `curl ${origin}/api/me -H "Authorization: Bearer $TOKEN"`,
    },
  };
}
