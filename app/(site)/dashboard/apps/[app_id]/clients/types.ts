/** The kinds of clients that the wizard knows, and what each of them comes to. */
import type { ClientInput } from "@/lib/oauth/clients/inputs";

export interface ClientType {
  id: "web" | "spa" | "native" | "machine";
  title: string;
  about: string;
  /** What follows from it, for those who know the words. */
  means: string;
  input: Partial<ClientInput>;
  /** An example of where it comes back to; null where nobody does. */
  redirectExample: string | null;
}

const USER_GRANTS: ClientInput["grant_types"] = ["authorization_code", "refresh_token"];

export const CLIENT_TYPES: ClientType[] = [
  {
    id: "web",
    title: "Web server",
    about: "Runs on a server that can keep a secret: Next.js, Rails, Django, PHP.",
    means: "A client secret, PKCE, and refresh tokens that stay the same.",
    input: { application_type: "web", public: false, grant_types: USER_GRANTS },
    redirectExample: "https://photos.example.com/callback",
  },
  {
    id: "spa",
    title: "Single-page app",
    about: "Runs in the browser, where nothing is secret: React, Vue, Svelte without a server.",
    means: "No secret, PKCE, and refresh tokens that change with each use.",
    input: { application_type: "web", public: true, grant_types: USER_GRANTS },
    redirectExample: "https://app.example.com/callback",
  },
  {
    id: "native",
    title: "Native app",
    about: "Runs on a phone or a desktop: iOS, Android, Electron, a command line.",
    means: "No secret, PKCE, own schemes and loopback addresses on any port (RFC 8252).",
    input: { application_type: "native", public: true, grant_types: USER_GRANTS },
    redirectExample: "com.example.app:/callback",
  },
  {
    id: "machine",
    title: "Machine",
    about: "Acts for itself, with no user there: a job, a service, a daemon.",
    means: "A client secret and the grant client_credentials, for scopes that are not about a user.",
    input: { application_type: "web", public: false, grant_types: ["client_credentials"] },
    redirectExample: null,
  },
];

export function typeOf(id: unknown): ClientType | null {
  return CLIENT_TYPES.find((type) => type.id === id) ?? null;
}

/** What a client that exists is nearest to, for lists. */
export function kindOf(client: Pick<ClientInput, "public" | "application_type" | "grant_types">): string {
  if (!client.grant_types.includes("authorization_code")) return "Machine";
  if (client.application_type === "native") return "Native app";
  return client.public ? "Single-page app" : "Web server";
}
