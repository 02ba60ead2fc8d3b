/**
 * next-auth options of the dashboard's session cookie. `completeSignIn` creates the session,
 * and the database decides whether it is active.
 */
import type { AuthOptions } from "next-auth";
import { decode } from "next-auth/jwt";
import { deriveKey, keyVersions } from "@/lib/crypto/master-key";
import { env, exportNextAuthUrl } from "@/lib/env";
import { TENANT_ZERO } from "@/lib/ids";
import { cookieName } from "./dashboard-cookie";

export interface CookieFacts {
  sub: string;
  sid: string;
}

export function cookieOptions() {
  return { httpOnly: true, secure: env().https, sameSite: "lax" as const, path: "/" };
}

export function cookieSecret(version?: number): string {
  return deriveKey("dashboard-cookie", TENANT_ZERO, version).toString("base64url");
}

/** Tries all master keys, so that a cookie stays valid after a key rotation. */
export async function decodeCookie(token: string | undefined) {
  for (const version of keyVersions()) {
    const facts = await decode({ token, secret: cookieSecret(version) }).catch(() => null);
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
    jwt: { decode: ({ token }) => decodeCookie(token) },
    cookies: { sessionToken: { name: cookieName(), options: cookieOptions() } },
    pages: { signIn: "/login", error: "/login" },
    callbacks: {
      session: ({ session, token }) => ({ ...session, facts: { sub: token.sub, sid: token.sid } }),
    },
  };
}
