/**
 * Which clients may introduce themselves to an app: by dynamic registration (RFC 7591) and by client
 * ID metadata documents. Metadata and endpoints use this function alone, because the setting `mcp`
 * includes both.
 */
import type { App } from "../../apps/apps";

/** After this long without an active grant, the cleanup deletes a client of an open registration. */
export const UNUSED_AFTER_SECONDS = 86_400;

/** Grants without a user. Anyone could otherwise get tokens for the app's scopes. */
export const TOKEN_ONLY_GRANTS = ["client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange"];

export interface RegistrationPolicy {
  registration: "off" | "token" | "open";
  /** Without a registration token, a client is registered as a public one. */
  publicOnly: boolean;
  /** A client that names no authentication method becomes public. */
  publicByDefault: boolean;
  documents: "off" | "listed" | "any";
  /** The hosts whose documents are accepted with `listed`. */
  documentHosts: string[];
}

export function registrationPolicy({ settings }: Pick<App, "settings">): RegistrationPolicy {
  const { mcp, registration, client_metadata_documents, client_metadata_hosts } = settings;
  return {
    registration: mcp ? "open" : registration,
    publicOnly: mcp && registration !== "open",
    publicByDefault: mcp,
    documents: mcp ? "any" : client_metadata_documents,
    documentHosts: client_metadata_hosts,
  };
}

/** The part of the issuer's metadata (RFC 8414 §2, draft-ietf-oauth-client-id-metadata-document §5). */
export function registrationMetadata(app: App) {
  const { registration, documents } = registrationPolicy(app);
  return {
    ...(registration !== "off" && { registration_endpoint: `${app.issuer}/register` }),
    ...(documents !== "off" && { client_id_metadata_document_supported: true }),
  };
}
