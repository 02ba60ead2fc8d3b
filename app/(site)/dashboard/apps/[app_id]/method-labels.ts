/** Names of the sign-in methods: "Password", "Magic link", "GitHub". */
import { findProvider } from "@/lib/social/list";

const LABELS: Record<string, string> = {
  password: "Password",
  magic_link: "Magic link",
  email_code: "Emailed code",
  passkey: "Passkey",
};

const PHRASES: Record<string, string> = {
  password: "with a password",
  magic_link: "with a magic link",
  email_code: "with an emailed code",
  passkey: "with a passkey",
  // The user was signed in already, and a page or client asked for more.
  session: "in a session",
};

/** A connection with a name of its own has that name: "acme_login" → "Acme login". */
export function methodLabel(method: string): string {
  return LABELS[method] ?? findProvider(method)?.label ?? capitalize(method.replace(/[._]/g, " "));
}

/** "with a password", "with GitHub" */
export function methodPhrase(method: string): string {
  return PHRASES[method] ?? `with ${methodLabel(method)}`;
}

export function capitalize(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
