/** Interface of a framework's code in the quickstart. */
import type { App } from "@/lib/apps/apps";

/** The app's values in the code. */
export interface Values {
  appId: string;
  issuer: string;
  signUpUrl: string;
  signInUrl: string;
  secondFactorUrl: string;
  refreshUrl: string;
  meUrl: string;
  email: string;
  /** Long enough for the app's settings. */
  password: string;
}

export interface Snippet {
  /** What the code does, or its file name. */
  title: string;
  code: string;
}

export interface Framework {
  id: string;
  label: string;
  /** Where to put the API key, and what to install. */
  prepare(values: Values): Snippet;
  signUp(values: Values): Snippet;
  signIn(values: Values): Snippet;
  /** After a sign-in that answered `mfa_required`. */
  secondFactor(values: Values): Snippet;
  verify(values: Values): Snippet;
  /** Gets the next token, with the refresh token that sign-up and sign-in returned. */
  refresh(values: Values): Snippet;
}

function examplePassword(minimumBytes: number): string {
  const short = "copper lantern violet harbor";
  return minimumBytes <= short.length ? short : `${short} seven gentle rivers under a morning sky`;
}

export function valuesOf(app: App): Values {
  const { origin } = new URL(app.issuer);
  const { allowed_email_domains: domains, password_minimum_bytes: minimumBytes } = app.settings;
  return {
    appId: app.id,
    issuer: app.issuer,
    signUpUrl: `${origin}/api/auth/credentials/signup/${app.id}`,
    signInUrl: `${origin}/api/auth/credentials/login/${app.id}`,
    secondFactorUrl: `${origin}/api/auth/mfa/verify/${app.id}`,
    refreshUrl: `${origin}/api/auth/refresh/${app.id}`,
    meUrl: `${origin}/api/me`,
    email: `bob@${domains[0] ?? "example.com"}`,
    password: examplePassword(minimumBytes),
  };
}

/** The token of the sign-in, and the code that the user types. */
export const SECOND_FACTOR = { mfa_token: "…", code: "123456" };

/** Exports the key in a shell. */
export const IN_THE_SHELL: Snippet = { title: "Your API key", code: "export FOYER_API_KEY=foyer_sk_…" };
