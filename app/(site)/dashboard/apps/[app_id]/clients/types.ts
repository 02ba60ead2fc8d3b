/** The kinds of clients, and what each of them comes to. */
import type { ClientInput } from "@/lib/oauth/clients/inputs";

export interface ClientType {
  id: "web" | "spa" | "native" | "machine";
  title: string;
  description: string;
  /** What follows from it. */
  consequences: string;
  input: Partial<ClientInput>;
  /** What is ticked at first. */
  scopes: string[];
  /** Where it may come back to, and an example; null where nobody does. */
  redirect: { example: string; hint: string } | null;
}

const USER_GRANTS: ClientInput["grant_types"] = ["authorization_code", "refresh_token"];
const USER_SCOPES = ["openid", "profile", "email", "offline_access"];
const EXACT = "Where the browser comes back to with a code. Compared character by character.";

export const CLIENT_TYPES: ClientType[] = [
  {
    id: "web",
    title: "Web server",
    description: "Runs on a server that can keep a secret: Next.js, Rails, Django, PHP.",
    consequences:
      "It proves itself with a secret and PKCE, and keeps one refresh token for as long as it is connected.",
    input: { application_type: "web", public: false, grant_types: USER_GRANTS },
    scopes: USER_SCOPES,
    redirect: { example: "https://photos.example.com/callback", hint: EXACT },
  },
  {
    id: "spa",
    title: "Single-page app",
    description: "Runs in the browser, where nothing is secret: React, Vue or Svelte without a server.",
    consequences:
      "It has no secret, so PKCE is required and its refresh token changes with each use. Its pages may call the endpoints.",
    input: { application_type: "web", public: true, grant_types: USER_GRANTS, refresh: "rotate" },
    scopes: USER_SCOPES,
    redirect: { example: "https://app.example.com/callback", hint: EXACT },
  },
  {
    id: "native",
    title: "Native app",
    description: "Runs on a phone or a desktop: iOS, Android, Electron, a command line.",
    consequences:
      "As in a browser, and it may come back by a scheme of its own or to a port of the device. Users are asked each time.",
    input: { application_type: "native", public: true, grant_types: USER_GRANTS, refresh: "rotate" },
    scopes: USER_SCOPES,
    redirect: {
      example: "com.example.app:/callback",
      hint: "An https address, a scheme of one’s own with a dot in it, or http://127.0.0.1/callback, which is good for any port.",
    },
  },
  {
    id: "machine",
    title: "Machine to machine",
    description: "Acts for itself, with no user there: a job, a service, a daemon.",
    consequences:
      "It exchanges its secret for a token that is about no user. There is no consent, and nothing to refresh.",
    input: { application_type: "web", public: false, grant_types: ["client_credentials"] },
    scopes: [],
    redirect: null,
  },
];

export function typeOf(id: unknown): ClientType | null {
  return CLIENT_TYPES.find((type) => type.id === id) ?? null;
}

/** What a client that exists is nearest to. */
export function typeOfClient(client: Pick<ClientInput, "public" | "application_type" | "grant_types">): ClientType {
  const id = !client.grant_types.includes("authorization_code")
    ? "machine"
    : client.application_type === "native"
      ? "native"
      : client.public
        ? "spa"
        : "web";
  return typeOf(id) as ClientType;
}
