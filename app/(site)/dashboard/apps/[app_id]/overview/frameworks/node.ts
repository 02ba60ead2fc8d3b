import { type Framework, IN_THE_SHELL, SECOND_FACTOR } from "./framework";

function post(url: string, body: object): string {
  return `const response = await fetch("${url}", {
  method: "POST",
  headers: {
    Authorization: \`Bearer \${process.env.FOYER_API_KEY}\`,
    "Content-Type": "application/json",
  },
  body: JSON.stringify(${JSON.stringify(body, null, 2).replaceAll("\n", "\n  ")}),
});
console.log(response.status, await response.json()); // { token, refresh_token, user, … }`;
}

export const node: Framework = {
  id: "node",
  label: "Node.js",
  prepare: () => ({ ...IN_THE_SHELL, code: `${IN_THE_SHELL.code}\nnpm install jose` }),
  signUp: ({ signUpUrl, email, password }) => ({
    title: "signup.mjs",
    code: post(signUpUrl, { email, password, name: "Bob" }),
  }),
  signIn: ({ signInUrl, email, password }) => ({ title: "signin.mjs", code: post(signInUrl, { email, password }) }),
  secondFactor: ({ secondFactorUrl }) => ({
    title: "second-factor.mjs",
    code: post(secondFactorUrl, SECOND_FACTOR),
  }),
  verify: ({ issuer, appId }) => ({
    title: "verify.mjs",
    code: `import { createRemoteJWKSet, jwtVerify } from "jose";

const issuer = "${issuer}";
const keys = createRemoteJWKSet(new URL(\`\${issuer}/jwks\`));

// Throws for a token that is forged, expired or of another app.
export async function verify(token) {
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience: "${appId}",
    typ: "at+jwt",
  });
  return payload.sub; // the user’s ID
}`,
  }),
  refresh: ({ refreshUrl }) => ({
    title: "refresh.mjs",
    code: `// Returns the next session. Store its token and refresh_token in place of the old ones.
export async function refresh(refreshToken) {
  const response = await fetch("${refreshUrl}", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ refresh_token: refreshToken }),
  });
  if (response.status === 401) return null; // the session has ended
  if (!response.ok) throw new Error(\`Foyer responded with \${response.status}\`);
  return response.json();
}`,
  }),
};
