import { type Framework, SECOND_FACTOR } from "./framework";

function handler(url: string, after: string): string {
  return `export async function POST(request: Request) {
  const response = await fetch("${url}", {
    method: "POST",
    headers: {
      Authorization: \`Bearer \${process.env.FOYER_API_KEY}\`,
      "Content-Type": "application/json",
    },
    body: await request.text(),
  });
${after}
}`;
}

function example(path: string, body: object): string {
  return `// curl localhost:3000${path} -d '${JSON.stringify(body)}'`;
}

/** Stores the session in cookies. */
const KEEP_SESSION = `  const session = await response.json();
  if (!response.ok) return Response.json(session, { status: response.status });
  const options = { httpOnly: true, sameSite: "lax", secure: process.env.NODE_ENV === "production" } as const;
  const jar = await cookies();
  jar.set("token", session.token, { ...options, maxAge: session.expires_in });
  jar.set("refresh", session.refresh_token, { ...options, maxAge: 30 * 86_400 });
  return Response.json(session.user);`;

export const next: Framework = {
  id: "next",
  label: "Next.js",
  prepare: ({ issuer, appId }) => ({
    title: ".env.local (first: npm install jose)",
    code: `FOYER_API_KEY=foyer_sk_…\nFOYER_ISSUER=${issuer}\nFOYER_APP_ID=${appId}`,
  }),
  signUp: ({ signUpUrl, email, password }) => ({
    title: "app/api/signup/route.ts",
    code: `${example("/api/signup", { email, password, name: "Bob" })}
${handler(signUpUrl, "  return Response.json(await response.json(), { status: response.status });")}`,
  }),
  signIn: ({ signInUrl, email, password }) => ({
    title: "app/api/signin/route.ts",
    code: `import { cookies } from "next/headers";

${example("/api/signin", { email, password })}
${handler(signInUrl, KEEP_SESSION)}`,
  }),
  secondFactor: ({ secondFactorUrl }) => ({
    title: "app/api/second-factor/route.ts",
    code: `import { cookies } from "next/headers";

${example("/api/second-factor", SECOND_FACTOR)}
${handler(secondFactorUrl, KEEP_SESSION)}`,
  }),
  verify: () => ({
    title: "app/current-user.ts",
    code: `import { createRemoteJWKSet, jwtVerify } from "jose";
import { cookies } from "next/headers";

const { FOYER_ISSUER: issuer, FOYER_APP_ID: audience } = process.env;
const keys = createRemoteJWKSet(new URL(\`\${issuer}/jwks\`));

/** Returns the user’s ID or null. For pages, actions and route handlers. */
export async function currentUser(): Promise<string | null> {
  const token = (await cookies()).get("token")?.value ?? "";
  const verified = await jwtVerify(token, keys, { issuer, audience, typ: "at+jwt" }).catch(() => null);
  return verified?.payload.sub ?? null;
}`,
  }),
  refresh: ({ refreshUrl }) => ({
    title: "proxy.ts",
    code: `import { type NextRequest, NextResponse } from "next/server";

/** Refreshes the session when its token has expired, before a page or handler reads it. */
export async function proxy(request: NextRequest) {
  const refreshToken = request.cookies.get("refresh")?.value;
  if (request.cookies.has("token") || !refreshToken) return NextResponse.next();
  const answer = await fetch("${refreshUrl}", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ refresh_token: refreshToken }),
  });
  if (!answer.ok) {
    const response = NextResponse.next();
    if (answer.status === 401) response.cookies.delete("refresh"); // the session has ended
    return response;
  }
  const session = await answer.json();
  request.cookies.set("token", session.token);
  const response = NextResponse.next({ request });
  const options = { httpOnly: true, sameSite: "lax", secure: process.env.NODE_ENV === "production" } as const;
  response.cookies.set("token", session.token, { ...options, maxAge: session.expires_in });
  response.cookies.set("refresh", session.refresh_token, { ...options, maxAge: 30 * 86_400 });
  return response;
}`,
  }),
};
