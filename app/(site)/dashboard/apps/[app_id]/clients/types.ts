/** Kinds of applications, with their default settings. */
import type { ClientInput } from "@/lib/oauth/clients/inputs";

export interface ClientType {
  id: "web" | "spa" | "native" | "device" | "machine";
  title: string;
  description: string;
  /** How a client of this type authenticates and gets tokens. */
  consequences: string;
  input: Partial<ClientInput>;
  /** The default scopes. */
  scopes: string[];
  /** Example and hint for redirect URIs; null for a client without users. */
  redirect: { example: string; hint: string } | null;
}

const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
const USER_GRANTS: ClientInput["grant_types"] = ["authorization_code", "refresh_token"];
const USER_SCOPES = ["openid", "profile", "email", "offline_access"];
const EXACT_MATCH = "Foyer sends the authorization code to this URI. It must match the URI in requests exactly.";

export const CLIENT_TYPES: ClientType[] = [
  {
    id: "web",
    title: "Web server",
    description: "Runs on a server that can keep a secret: Next.js, Rails, Django, PHP.",
    consequences: "It authenticates with a client secret and reuses one refresh token. It may use PKCE.",
    input: { application_type: "web", public: false, grant_types: USER_GRANTS },
    scopes: USER_SCOPES,
    redirect: { example: "https://photos.example.com/callback", hint: EXACT_MATCH },
  },
  {
    id: "spa",
    title: "Single-page application",
    description: "Runs in the browser, which can’t keep a secret: React, Vue or Svelte without a server.",
    consequences:
      "It has no client secret, so PKCE is required and refresh tokens rotate. Its pages may call the endpoints directly.",
    input: { application_type: "web", public: true, grant_types: USER_GRANTS, refresh: "rotate" },
    scopes: USER_SCOPES,
    redirect: { example: "https://app.example.com/callback", hint: EXACT_MATCH },
  },
  {
    id: "native",
    title: "Native application",
    description: "Runs on a phone or computer: iOS, Android, Electron, a command line.",
    consequences:
      "Like a single-page application, with a custom URL scheme or a local port as redirect URI. Users give consent each time.",
    input: { application_type: "native", public: true, grant_types: USER_GRANTS, refresh: "rotate" },
    scopes: USER_SCOPES,
    redirect: {
      example: "com.example.app:/callback",
      hint: "An https URL, a custom scheme, or http://127.0.0.1/callback, which allows any port.",
    },
  },
  {
    id: "device",
    title: "Television or command line",
    description: "Runs where entering a password is hard: a television, a console, a server without a browser.",
    consequences:
      "It shows a code, which the user enters on a phone or computer. It has no client secret and no redirect URI.",
    input: { application_type: "native", public: true, grant_types: [DEVICE_CODE, "refresh_token"] },
    scopes: USER_SCOPES,
    redirect: null,
  },
  {
    id: "machine",
    title: "Machine to machine",
    description: "Acts for itself, without a user: a job, a service, a daemon.",
    consequences:
      "It exchanges its client secret for an access token. There is no user, no consent and no refresh token.",
    input: { application_type: "web", public: false, grant_types: ["client_credentials"] },
    scopes: [],
    redirect: null,
  },
];

export function typeOf(id: unknown): ClientType | null {
  return CLIENT_TYPES.find((type) => type.id === id) ?? null;
}

/** The type that an existing client corresponds to. */
export function typeOfClient(client: Pick<ClientInput, "public" | "application_type" | "grant_types">): ClientType {
  const id = !client.grant_types.includes("authorization_code")
    ? client.grant_types.includes(DEVICE_CODE)
      ? "device"
      : "machine"
    : client.application_type === "native"
      ? "native"
      : client.public
        ? "spa"
        : "web";
  return typeOf(id) as ClientType;
}
