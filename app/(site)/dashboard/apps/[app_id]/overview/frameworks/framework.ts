/** How a framework's part of the quickstart looks. */
import type { App } from "@/lib/apps/apps";

/** What the code of every framework says of the App. */
export interface Values {
  appId: string;
  issuer: string;
  signUpUrl: string;
  logInUrl: string;
  meUrl: string;
  email: string;
  /** Long enough for the App. */
  password: string;
}

export interface Snippet {
  /** What it is, or the file it belongs into. */
  title: string;
  code: string;
}

export interface Framework {
  id: string;
  label: string;
  /** Where the API key goes, and what has to be installed. */
  prepare(values: Values): Snippet;
  signUp(values: Values): Snippet;
  logIn(values: Values): Snippet;
  verify(values: Values): Snippet;
}

function examplePassword(minimumBytes: number): string {
  const short = "an open door and a warm light";
  return minimumBytes <= short.length ? short : `${short} in the hall of a quiet old house by the sea`;
}

export function valuesOf(app: App): Values {
  const { origin } = new URL(app.issuer);
  const { allowed_email_domains: domains, password_minimum_bytes: minimumBytes } = app.settings;
  return {
    appId: app.id,
    issuer: app.issuer,
    signUpUrl: `${origin}/api/auth/credentials/signup/${app.id}`,
    logInUrl: `${origin}/api/auth/credentials/login/${app.id}`,
    meUrl: `${origin}/api/me`,
    email: `bob@${domains[0] ?? "example.com"}`,
    password: examplePassword(minimumBytes),
  };
}

/** A shell that holds the key. */
export const IN_THE_SHELL: Snippet = { title: "Your API key", code: "export FOYER_API_KEY=foyer_sk_…" };
