/** The settings of a client from its metadata document (draft §4). */
import type { App } from "../../apps/apps";
import { isAppError } from "../../errors";
import type { ClientMetadata } from "../clients/client";
import { requireValid } from "../clients/validation";
import { GRANT_TYPES } from "../grants/types";
import { readMetadata, settingsOf } from "../registration/client-metadata";
import { TOKEN_ONLY_GRANTS } from "../registration/policy";
import { listScopes } from "../scopes/scopes";
import { DocumentError } from "./fetch-document";

const METHODS = ["none", "private_key_jwt"] as const;

/** Without a shared secret, there is no method with one (draft §4.1). */
function methodOf(members: Record<string, unknown>): (typeof METHODS)[number] {
  if ("client_secret" in members || "client_secret_expires_at" in members)
    throw new DocumentError("rejected", "contains a client_secret. A public document has no secrets");
  const sent = members.token_endpoint_auth_method ?? "none";
  const method = METHODS.find((known) => known === sent);
  if (!method) throw new DocumentError("rejected", `must have token_endpoint_auth_method ${METHODS.join(" or ")}`);
  return method;
}

/** A document is for all servers, so it may name grants and response types that this one lacks. */
function withSupportedValues(members: Record<string, unknown>): Record<string, unknown> {
  const { grant_types, response_types: _, ...rest } = members;
  if (!Array.isArray(grant_types)) return { ...rest, ...(grant_types !== undefined && { grant_types }) };
  const known = grant_types.filter(
    (type) => GRANT_TYPES.some((supported) => supported === type) && !TOKEN_ONLY_GRANTS.includes(type),
  );
  return { ...rest, grant_types: known };
}

/** @throws DocumentError if the document doesn't describe a client that Foyer accepts */
export async function settingsOfDocument(
  app: App,
  url: string,
  members: Record<string, unknown>,
): Promise<ClientMetadata> {
  if (members.client_id !== url) throw new DocumentError("rejected", "has another client_id than its URL");
  const method = methodOf(members);
  try {
    const settings = await settingsOf(readMetadata(withSupportedValues(members)), app, method);
    requireValid(await listScopes(app.id), settings);
    return settings;
  } catch (error) {
    if (!isAppError(error)) throw error;
    const [[field, problem] = ["", ""]] = Object.entries(error.options.fields ?? {});
    throw new DocumentError("rejected", `is invalid: ${field ? `${field} ${problem}` : error.description}`);
  }
}
