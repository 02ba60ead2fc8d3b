/** Types of the code snippets, and string literals of their languages. */
import type { Client } from "@/lib/oauth/clients/clients";

export interface Snippet {
  label: string;
  code: string;
}

/** The parts of a client that the snippets contain. */
export type SnippetClient = Pick<
  Client,
  | "id"
  | "public"
  | "application_type"
  | "grant_types"
  | "redirect_uris"
  | "scopes"
  | "token_endpoint_auth_method"
  | "id_token_signed_response_alg"
>;

export interface SnippetValues {
  issuer: string;
  client: SnippetClient;
  redirectUri: string;
  scope: string;
  /** Whether the scope contains openid. */
  isOpenid: boolean;
}

/** A string literal in JavaScript, Python and Swift. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
