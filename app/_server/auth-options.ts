/**
 * next-auth carries the dashboard's session cookie, and nothing else: signing in is the funnel's business, and whether a session lives is
 * the database's.
 */
import type { AuthOptions } from "next-auth";
import { decode, type JWTDecodeParams } from "next-auth/jwt";
import { hostCookieName } from "@/lib/cookies";
import { deriveKey, keyVersions } from "@/lib/crypto/master-key";
import { env, exportNextAuthUrl } from "@/lib/env";
import { TENANT_ZERO } from "@/lib/ids";

export interface CookieFacts {
  sub: string;
  sid: string;
}

export function cookieName(): string {
  return hostCookieName("foyer-dashboard");
}

export function cookieOptions() {
  return { httpOnly: true, secure: env().https, sameSite: "lax" as const, path: "/" };
}

export function cookieSecret(version?: number): string {
  return deriveKey("dashboard-cookie", TENANT_ZERO, version).toString("base64url");
}

/** Also a cookie from before a new master key was put in front. */
async function decodeCookie(params: JWTDecodeParams) {
  for (const version of keyVersions()) {
    const facts = await decode({ ...params, secret: cookieSecret(version) }).catch(() => null);
    if (facts) return facts;
  }
  return null;
}

export function authOptions(): AuthOptions {
  exportNextAuthUrl();
  return {
    providers: [],
    secret: cookieSecret(),
    session: { strategy: "jwt" },
    jwt: { decode: decodeCookie },
    cookies: { sessionToken: { name: cookieName(), options: cookieOptions() } },
    pages: { signIn: "/login", error: "/login" },
    callbacks: {
      session: ({ session, token }) => ({ ...session, facts: { sub: token.sub, sid: token.sid } }),
    },
  };
}
