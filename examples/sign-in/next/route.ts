// app/auth/[action]/route.ts: /auth/signin, /auth/callback and /auth/signout. Needs: npm install jose openid-client
import { SignJWT } from "jose";
import { cookies } from "next/headers";
import { NextResponse } from "next/server";
import * as oidc from "openid-client";

const { ISSUER = "", CLIENT_ID = "", CLIENT_SECRET = "", ORIGIN = "http://localhost:3000" } = process.env;
/** 32 random bytes: openssl rand -hex 32 */
const secret = new TextEncoder().encode(process.env.SESSION_SECRET);
const redirect_uri = `${ORIGIN}/auth/callback`;
const cookie = { httpOnly: true, sameSite: "lax", secure: ORIGIN.startsWith("https:"), path: "/" } as const;

let discovered: Promise<oidc.Configuration> | undefined;

/** Discovers the issuer once; after a failure, the next request tries again. */
function discover(): Promise<oidc.Configuration> {
  // openid-client accepts an issuer without https only if it is told to.
  const execute = ISSUER.startsWith("http:") ? [oidc.allowInsecureRequests] : [];
  discovered ??= oidc.discovery(new URL(ISSUER), CLIENT_ID, CLIENT_SECRET, undefined, { execute }).catch((error) => {
    discovered = undefined;
    throw error;
  });
  return discovered;
}

async function signIn(config: oidc.Configuration) {
  const [verifier, state] = [oidc.randomPKCECodeVerifier(), oidc.randomState()];
  (await cookies()).set("signin", `${state}.${verifier}`, { ...cookie, maxAge: 600 });
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri,
    scope: "openid profile email",
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
  });
  return NextResponse.redirect(url);
}

async function callback(config: oidc.Configuration, { search }: URL) {
  const jar = await cookies();
  const [state = "", verifier = ""] = (jar.get("signin")?.value ?? "").split(".");
  jar.delete("signin");
  const checks = { expectedState: state, pkceCodeVerifier: verifier };
  const tokens = await oidc.authorizationCodeGrant(config, new URL(redirect_uri + search), checks).catch(() => null);
  const user = tokens?.claims();
  if (!tokens?.id_token || !user) return NextResponse.redirect(`${ORIGIN}/?error=signin`);
  // A session of your own: a signed cookie that lasts for a day.
  const { sub, name = user.email } = user;
  const session = new SignJWT({ sub, name }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("1d");
  jar.set("session", await session.sign(secret), { ...cookie, maxAge: 86_400 });
  jar.set("id_token", tokens.id_token, { ...cookie, path: "/auth", maxAge: 86_400 });
  return NextResponse.redirect(`${ORIGIN}/`);
}

async function signOut(config: oidc.Configuration) {
  const jar = await cookies();
  const id_token_hint = jar.get("id_token")?.value;
  jar.delete("session");
  jar.delete({ name: "id_token", path: "/auth" });
  if (!id_token_hint) return NextResponse.redirect(`${ORIGIN}/`);
  return NextResponse.redirect(
    oidc.buildEndSessionUrl(config, { id_token_hint, post_logout_redirect_uri: `${ORIGIN}/` }),
  );
}

export async function GET(request: Request, { params }: { params: Promise<{ action: string }> }) {
  const config = await discover();
  const { action } = await params;
  if (action === "signin") return signIn(config);
  if (action === "callback") return callback(config, new URL(request.url));
  if (action === "signout") return signOut(config);
  return new Response("Not found", { status: 404 });
}
